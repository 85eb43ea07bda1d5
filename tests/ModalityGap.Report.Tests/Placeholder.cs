namespace ModalityGap.Report.Tests;
