Console.WriteLine("modgap");
