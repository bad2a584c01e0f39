package io.guildhall.projections.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeMarkdownTest {
    private static final String LINK = "<a href=\"[^\"<>]*\" rel=\"nofollow noopener\">";
    private static final Pattern ALLOWED = Pattern.compile(
            "</?(p|strong|em|code|pre|ul|li|blockquote)>|<br>|<ol start=\"\\d{1,9}\">" + "|</ol>|</a>|" + LINK);
    private static final Pattern HREF = Pattern.compile("href=\"([^\"]*)\"");

    /** Deep enough for the parser, and too small for one that is not bounded. */
    private static final int SMALL_STACK = 256 * 1024;

    private static final int MAX_DEPTH = 24;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "*one* __two__ `*three*`|<p><em>one</em> <strong>two</strong> <code>*three*</code></p>",
                "one\\ntwo\\n\\nthree|<p>one<br>two</p><p>three</p>",
                "- one\\n- two|<ul><li>one</li><li>two</li></ul>",
                "- one\\n\\n- two|<ul><li><p>one</p></li><li><p>two</p></li></ul>",
                "3. one\\n4. two|<ol start=\"3\"><li>one</li><li>two</li></ol>",
                "> one\\n\\ntwo|<blockquote><p>one</p></blockquote><p>two</p>",
                "```js\\na < b\\n  *c*\\n```|<pre><code>a &lt; b\\n  *c*\\n</code></pre>",
                "# one|<p><strong>one</strong></p>",
                "one\\n===|<p><strong>one</strong></p>",
                "***|<p>***</p>",
                "    four spaces|<p>four spaces</p>",
                "1 < 2 & \"x\"|<p>1 &lt; 2 &amp; &quot;x&quot;</p>"
            })
    void rendersMarkdown(String text, String html) {
        assertThat(SafeMarkdown.toHtml(text.replace("\\n", "\n"))).isEqualTo(html.replace("\\n", "\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\t ", "\u200b\u202e"})
    void rendersNothingForBlankText(String text) {
        assertThat(SafeMarkdown.toHtml(text)).isEmpty();
    }

    @Test
    void linksShowWhereTheyLead() {
        assertThat(SafeMarkdown.toHtml("[the shop](https://a.example/x?a=1&b=2 \"title\")"))
                .isEqualTo(
                        "<p><a href=\"https://a.example/x?a=1&amp;b=2\" rel=\"nofollow noopener\">the shop</a> (a.example)</p>");
        assertThat(SafeMarkdown.toHtml("<https://a.example/x>"))
                .isEqualTo("<p><a href=\"https://a.example/x\" rel=\"nofollow noopener\">https://a.example/x</a></p>");
        assertThat(SafeMarkdown.toHtml("<ann@a.example> [write](mailto:ann@a.example)"))
                .isEqualTo("<p><a href=\"mailto:ann@a.example\" rel=\"nofollow noopener\">ann@a.example</a>"
                        + " <a href=\"mailto:ann@a.example\" rel=\"nofollow noopener\">write</a> (ann@a.example)</p>");
        assertThat(SafeMarkdown.toHtml("[https://bank.example](http://other.example)"))
                .endsWith("</a> (other.example)</p>");
    }

    @Test
    void imagesAreLinks() {
        assertThat(SafeMarkdown.toHtml("![a *cat*](https://a.example/cat.png)"))
                .isEqualTo(
                        "<p><a href=\"https://a.example/cat.png\" rel=\"nofollow noopener\">a <em>cat</em></a> (a.example)</p>");
        assertThat(SafeMarkdown.toHtml("![](https://a.example/cat.png)"))
                .isEqualTo("<p><a href=\"https://a.example/cat.png\" rel=\"nofollow noopener\">a.example</a></p>");
        assertThat(SafeMarkdown.toHtml("[![cat](https://a.example/1)](https://b.example/2)"))
                .isEqualTo("<p><a href=\"https://b.example/2\" rel=\"nofollow noopener\">cat</a> (b.example)</p>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "JaVaScRiPt:alert(1)",
                "javascript&colon;alert(1)",
                "java&#115;cript:alert(1)",
                "&#x6A;avascript:alert(1)",
                "<java\tscript:alert(1)>",
                "data:text/html,<b>x</b>",
                "data:text/html;base64,PHNjcmlwdD4=",
                "vbscript:x",
                "file:///etc/passwd",
                "blob:https://a.example/1",
                "/logout",
                "//other.example",
                "\\\\other.example",
                "https:other.example",
                "https://",
                "https://bank.example@other.example/",
                "https://b\u0430nk.example/",
                "mailto:",
                "mailto:a@a.example?bcc=b@b.example",
                "mailto:a@a.example,b@b.example",
                "ftp://a.example"
            })
    void otherAddressesAreText(String address) {
        for (var text : List.of("[x](" + address + ")", "![x](" + address + ")", "[x]\n\n[x]: " + address))
            assertThat(SafeMarkdown.toHtml(text))
                    .as(text)
                    .doesNotContain("<a ", "href=\"")
                    .contains("x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "a <img src=x onerror=alert(1)> b",
                "<div>\n*x*\n</div>",
                "<!-- x --> <?x?> <![CDATA[x]]>",
                "&lt;script&gt; &#60;script&#62;",
                "[<script>](https://a.example)",
                "![\"><script>](https://a.example/\"><script>)",
                "`<script>`",
                "```\n<script>\n```",
                "~~~\"><script>\nx",
                "[x](<https://a.example/\"onclick=alert(1)>)",
                "[x](https://a.example/'onclick='alert(1))",
                "<https://a.example/\"onclick=\"x>",
                "[a]: https://a.example '<script>'\n\n[a]",
                "1. <script>\n   > <iframe>",
                "<a href=\"https://a.example\">x</a>"
            })
    void htmlIsEscaped(String text) {
        assertSafe(text);
        assertThat(SafeMarkdown.toHtml(text)).doesNotContain("<script", "<img", "<div", "<iframe", "<!--");
    }

    @Test
    void nothingThatWasWrittenIsHidden() {
        assertThat(SafeMarkdown.toHtml("[a]: https://a.example \"secret\"\n\n[b](javascript:x)"))
                .isEqualTo("<p>[a]: https://a.example &quot;secret&quot;</p><p>b (javascript:x)</p>");
    }

    @Test
    void directionOfTextCannotBeChanged() {
        for (var text :
                List.of("a\u202eb", "a&#x202e;b", "`a\u2066b`", "[a\u200fb](https://a.example)", "a\u0007b", "a&#7;b"))
            assertThat(SafeMarkdown.toHtml(text))
                    .doesNotContainPattern("[\u0007\u200f\u202e\u2066]")
                    .contains("ab");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*a **b ", "_a ", "**", "*", "[", "![", "[a](", "![a](", "[a](https://a.example/", "> ", "- ", "1. ",
                        ">- ", "`", "`a``b",
                "```\n", "<", "<a ", "&", "&#", "\\", "\n", "\r", "[a]: https://a.example\n", "[a][", "a](b)", "*_`[<",
                        "\t", "  \n", "# ",
                "<!--", "<?", "((((", "a*a_", "***a", "- a\n  ", "\u202e*"
            })
    void repeatedMarkupIsBounded(String part) throws InterruptedException {
        for (var text :
                List.of(part.repeat(8_000 / part.length()), part.repeat(990 / part.length()) + "x", nested(part)))
            inSmallStack(() -> assertSafe(text));
    }

    private static String nested(String part) {
        var half = part.repeat(9_900 / part.length());
        return half + "x" + new StringBuilder(half).reverse();
    }

    @Test
    void nestedQuotesAndListsAreBounded() {
        var text = new StringBuilder();
        for (int i = 0; i < 100; i++)
            text.append(" ".repeat(2 * i)).append("- ").append(i).append('\n');
        assertSafe(text.toString());
        assertSafe(">".repeat(4_000) + " x");
        assertThat(SafeMarkdown.toHtml(">".repeat(4_000) + " x")).contains("x");
    }

    @Test
    void textThatConsistsOfMarkupHasNoMarkdown() {
        assertThat(SafeMarkdown.toHtml("*a*".repeat(500))).contains("<em>");
        assertThat(SafeMarkdown.toHtml("*a*\n".repeat(501)))
                .doesNotContain("<em>")
                .startsWith("<p>*a*<br>*a*<br>");
        assertThat(SafeMarkdown.toHtml("*a* " + "b".repeat(20_000))).startsWith("<p>*a* ");
    }

    @Property(tries = 2_000)
    void anyTextIsSafe(@ForAll("hostile") String text) {
        assertSafe(text);
    }

    @Property(tries = 500)
    void anyPlainTextIsSafe(@ForAll String text) {
        assertSafe(text);
    }

    @Provide
    Arbitrary<String> hostile() {
        return Arbitraries.of(
                        "*",
                        "**",
                        "_",
                        "`",
                        "```\n",
                        "[",
                        "]",
                        "(",
                        ")",
                        "![",
                        "](",
                        "](https://a.example",
                        "](javascript:x)",
                        "<script>",
                        "</p>",
                        "<a href=x>",
                        "\"",
                        "'",
                        "&lt;",
                        "&#x202e;",
                        "&",
                        "\n",
                        "\n\n",
                        "> ",
                        "- ",
                        "1. ",
                        "# ",
                        "===",
                        "\\",
                        " ",
                        "a",
                        "<https://a.example>",
                        "[a]: ",
                        "\u202e",
                        "\u0000",
                        "\ud800",
                        "\ud83d\ude00",
                        "onclick=x",
                        "~~~",
                        "mailto:a@b",
                        "\t")
                .list()
                .ofMaxSize(40)
                .map(it -> String.join("", it));
    }

    /** Only the allowed tags, all closed in their order and not too deep, with allowed addresses, and not much longer than the text. */
    private static void assertSafe(String text) {
        var html = SafeMarkdown.toHtml(text);
        assertThat(ALLOWED.matcher(html).replaceAll("")).doesNotContain("<", ">", "\"");
        assertThat(HREF.matcher(html).results().map(it -> it.group(1)))
                .allMatch(it ->
                        it.startsWith("https://a.example") || it.startsWith("http://") || it.startsWith("mailto:"));
        assertThat(html.length()).isLessThanOrEqualTo(100 * text.length() + 100);
        var open = new ArrayDeque<String>();
        var tags = Pattern.compile("<(/?)([a-z]+)").matcher(html).results().toList();
        for (var tag : tags) {
            if (tag.group(2).equals("br")) continue;
            if (tag.group(1).isEmpty()) open.push(tag.group(2));
            else assertThat(open.pop()).isEqualTo(tag.group(2));
            assertThat(open.size()).isLessThanOrEqualTo(MAX_DEPTH);
        }
        assertThat(open).isEmpty();
    }

    private static void inSmallStack(Runnable check) throws InterruptedException {
        var failure = new AtomicReference<Throwable>();
        var thread = new Thread(null, check, "small-stack", SMALL_STACK);
        thread.setUncaughtExceptionHandler((_, it) -> failure.set(it));
        thread.start();
        thread.join();
        assertThat(failure.get()).isNull();
    }
}
