using System.Globalization;
using System.Text;
using QRCoder;

namespace Ochag.Documents.Qr;

/// <summary>
/// A QR code as one path on a grid of <see cref="Size"/> by <see cref="Size"/> (the quiet zone included): a page puts
/// it into its own SVG, without markup from here.
/// </summary>
public sealed record QrPicture(int Size, string Path)
{
    public static QrPicture Of(string text)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        for (var y = 0; y < code.ModuleMatrix.Count; y++)
        {
            var row = code.ModuleMatrix[y];
            for (var x = 0; x < row.Count; x++)
            {
                if (!row[x])
                    continue;
                var start = x;
                while (x + 1 < row.Count && row[x + 1])
                    x++;
                path.Append(CultureInfo.InvariantCulture, $"M{start} {y}h{x - start + 1}v1h-{x - start + 1}z");
            }
        }

        return new QrPicture(code.ModuleMatrix.Count, path.ToString());
    }
}
