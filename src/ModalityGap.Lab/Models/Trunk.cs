using TorchSharp.Modules;

namespace ModalityGap.Lab.Models;

/// <summary>The part of a transformer tower behind its first layer, which two towers can share.</summary>
/// <param name="Blocks">The blocks.</param>
/// <param name="Norm">The normalisation behind them.</param>
/// <param name="Output">The last layer, into the shared space.</param>
internal sealed record Trunk(ModuleList<TransformerBlock> Blocks, LayerNorm Norm, Linear Output);
