namespace ModalityGap.Cli.Tests;
