return ModalityGap.Cli.Tool.Run(args);
