using Ochag.Documents.Tables;
using Shouldly;

namespace Ochag.Specs.Documents;

public sealed class DelimitedTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"yes\"", "\"say \"\"yes\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+7", "'+7")]
    [InlineData("-5", "'-5")]
    [InlineData("@sum", "'@sum")]
    [InlineData("=HYPERLINK(\"x\",1)", "\"'=HYPERLINK(\"\"x\"\",1)\"")]
    [InlineData("", "")]
    public void A_field_is_quoted_where_it_must_be_and_never_a_formula(string text, string field) =>
        DelimitedText.Field(text).ShouldBe(field);

    [Fact]
    public void A_row_is_its_fields_with_commas() => DelimitedText.Row("1", "a,b", "=c").ShouldBe("1,\"a,b\",'=c");
}
