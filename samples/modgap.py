#!/usr/bin/env python3
"""Measure the modality gap from Python, with nothing but the standard library and the tool modgap.

    import modgap
    result = modgap.measure("images.npy", "captions.npy", modalities=["image", "text"])
    pair = result["pairs"][0]
    print(pair["verdict"]["headline"])
    print(pair["measures"]["gap"]["estimate"]["value"])

The dictionary is what `modgap measure --format json` prints; docs/modgap-result.schema.json describes it. As a script it prints
verdict and recommendation of each pair:

    python3 modgap.py images.npy captions.npy
"""

import json
import os
import shutil
import subprocess
import sys

__all__ = ["ModgapError", "find", "measure"]


class ModgapError(Exception):
    """The tool could not do its work; the text is the tool's own message."""

    def __init__(self, message, exit_code=None):
        super().__init__(message)
        self.exit_code = exit_code


def find(executable=None):
    """The path of the tool: the argument, else the variable MODGAP, else PATH, else a native build in ../artifacts."""
    for candidate in (executable, os.environ.get("MODGAP")):
        if candidate:
            found = shutil.which(os.fspath(candidate))
            if found is None:
                raise ModgapError("{}: there is no such program.".format(os.fspath(candidate)))
            return found
    found = shutil.which("modgap")
    if found:
        return found
    native = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "artifacts", "native")
    for build in ("linux-x64/modgap", "osx-arm64/modgap", "win-x64/v3/modgap.exe"):
        found = shutil.which(os.path.join(native, *build.split("/")))
        if found:
            return os.path.normpath(found)
    raise ModgapError(
        "The tool modgap was not found. Install it (dotnet tool install --global ModalityGap.Cli), build it "
        "(scripts/publish-native), or name it in the variable MODGAP."
    )


def measure(path, *more, modalities=None, executable=None, **options):
    """Measures the files and returns the result as a dictionary.

    path, more   one stacked file, or one file per modality
    modalities   names in the files' order, such as ["image", "text"]
    executable   the tool; by default it is looked for, see find()
    options      the tool's own, with _ for -: seed=1, threads=2, pair_by="id", captions_per_item=5, skip_invalid=True,
                 temperatures=[0.01, 0.1], prevalence=0.001, key="img,txt"
    """
    command = [find(executable), "measure", "--format", "json", "--quiet"]
    if modalities is not None:
        options["modalities"] = modalities
    for name, value in options.items():
        option = "--" + name.replace("_", "-")
        if value is True:
            command.append(option)
        elif value is not None and value is not False:
            command += [option, _word(value)]
    # Behind "--" a file may be called anything.
    command += ["--"] + [os.fspath(file) for file in (path,) + more]
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, check=False)
    if run.returncode != 0:
        message = run.stderr.decode("utf-8", "replace").strip()
        prefix = "modgap: "
        raise ModgapError(message[len(prefix):] if message.startswith(prefix) else message, run.returncode)
    return json.loads(run.stdout.decode("utf-8"))


def _word(value):
    if isinstance(value, (list, tuple)):
        return ",".join(_word(part) for part in value)
    return value if isinstance(value, str) else repr(value)


def main(files):
    if not files or files[0] in ("-h", "--help"):
        print("usage: modgap.py FILE [FILE ...]", file=sys.stderr)
        return 0 if files else 2
    try:
        result = measure(*files)
    except ModgapError as error:
        print("modgap.py: {}".format(error), file=sys.stderr)
        return error.exit_code or 1
    for pair in result["pairs"]:
        print(pair["verdict"]["headline"])
        print(pair["recommendation"]["headline"])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
