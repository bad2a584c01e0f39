package io.guildhall.projections.text;

import io.guildhall.projections.text.SafeLink.Target;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlWriter;
import org.jspecify.annotations.Nullable;

/**
 * Renders the text of a message as HTML. The only Markdown is emphasis, strong emphasis, code, fenced code blocks, lists,
 * quotes and links; a line break is a line break. A heading is a bold paragraph, and an image is a link with its
 * description. Everything else is escaped and shown as it is written, HTML too.
 *
 * <p>A link needs an address with {@code https}, {@code http} or {@code mailto}. Its host or mail address follows it in
 * brackets, so that its text cannot hide where it leads.
 *
 * <p>The number of steps and the nesting of the result are bounded: a long text, or one that consists mainly of markup,
 * has no Markdown.
 */
public final class SafeMarkdown {
    private static final int MAX_LENGTH = 20_000;

    /** The parser is recursive: one level for each pair of these characters. */
    private static final int MAX_MARKS = 1_000;

    private static final String MARKS = "*_[]`<";
    private static final int MAX_OPEN_BLOCKS = 12;

    /** Tags that are nested deeper are omitted; their text is shown. */
    private static final int MAX_DEPTH = 24;

    /** Thread-safe. */
    private static final Parser PARSER = Parser.builder()
            .enabledBlockTypes(Set.of(Heading.class, FencedCodeBlock.class, BlockQuote.class, ListBlock.class))
            .maxOpenBlockParsers(MAX_OPEN_BLOCKS)
            .build();

    private final StringBuilder output = new StringBuilder();
    private final HtmlWriter html = new HtmlWriter(output);

    /** The end of each node that was begun and not ended, the innermost first. */
    private final Deque<Runnable> ends = new ArrayDeque<>();

    private int depth;
    private boolean isInLink;

    private SafeMarkdown() {}

    /** Returns block elements, or an empty text. */
    public static String toHtml(String text) {
        var visible = VisibleText.of(text).strip();
        if (visible.isEmpty()) return "";
        var writer = new SafeMarkdown();
        if (hasMarkdown(visible)) writer.render(PARSER.parse(visible));
        else writer.renderPlain(visible);
        return writer.output.toString();
    }

    private static boolean hasMarkdown(String text) {
        return text.length() <= MAX_LENGTH
                && text.chars().filter(it -> MARKS.indexOf(it) >= 0).count() <= MAX_MARKS;
    }

    private void renderPlain(String text) {
        html.tag("p");
        html.text(text);
        html.tag("/p");
        int start = output.indexOf("\n");
        while (start >= 0) {
            output.replace(start, start + 1, "<br>");
            start = output.indexOf("\n", start);
        }
    }

    /** Not recursive, so that no text exhausts the stack. */
    private void render(Node root) {
        @Nullable Node node = root;
        while (node != null) {
            ends.push(begin(node));
            node = node.getFirstChild() != null ? node.getFirstChild() : endAndNext(node);
        }
    }

    /** Ends the node, and its parents if it is the last child. Returns the next node in the order of the text. */
    private @Nullable Node endAndNext(Node last) {
        @Nullable Node node = last;
        while (node != null) {
            ends.pop().run();
            if (node.getNext() != null) return node.getNext();
            node = node.getParent();
        }
        return null;
    }

    /** Writes the beginning of a node, and returns what writes its end. */
    private Runnable begin(Node node) {
        return switch (node) {
            case Paragraph it -> isItemText(it) ? () -> {} : tag("p");
            case Heading _ -> both(tag("p"), tag("strong"));
            case BlockQuote _ -> tag("blockquote");
            case BulletList _ -> tag("ul");
            case OrderedList it -> tag("ol", Map.of("start", Integer.toString(start(it))));
            case ListItem _ -> tag("li");
            case FencedCodeBlock it -> text(it.getLiteral(), both(tag("pre"), tag("code")));
            case Emphasis _ -> tag("em");
            case StrongEmphasis _ -> tag("strong");
            case Code it -> text(it.getLiteral(), tag("code"));
            case Link it -> link(it, it.getDestination());
            case Image it -> link(it, it.getDestination());
            case LinkReferenceDefinition it -> text(definition(it), tag("p"));
            case Text it -> text(it.getLiteral(), () -> {});
            case HtmlInline it -> text(it.getLiteral(), () -> {});
            case SoftLineBreak _, HardLineBreak _ -> {
                html.tag("br");
                yield () -> {};
            }
            default -> () -> {};
        };
    }

    private static boolean isItemText(Paragraph paragraph) {
        return paragraph.getParent() != null
                && paragraph.getParent().getParent() instanceof ListBlock list
                && list.isTight();
    }

    private static int start(OrderedList list) {
        var start = list.getMarkerStartNumber();
        return start == null ? 1 : start;
    }

    /** The definition of a link is not visible in Markdown, but nothing that was written is hidden. */
    private static String definition(LinkReferenceDefinition definition) {
        var title = definition.getTitle() == null ? "" : " \"" + definition.getTitle() + "\"";
        return "[" + definition.getLabel() + "]: " + definition.getDestination() + title;
    }

    private Runnable link(Node node, String destination) {
        if (isInLink) return () -> {};
        var target = SafeLink.parse(destination);
        if (target.isEmpty()) return () -> html.text(" (" + VisibleText.of(destination) + ")");
        var attributes = new LinkedHashMap<String, String>();
        attributes.put("href", target.get().address());
        attributes.put("rel", "nofollow noopener");
        var end = tag("a", attributes);
        isInLink = true;
        if (node.getFirstChild() == null) html.text(target.get().name());
        return () -> {
            isInLink = false;
            end.run();
            place(node, target.get()).ifPresent(html::text);
        };
    }

    /** Empty if the text of the link is its address. */
    private static Optional<String> place(Node link, Target target) {
        return showsAddress(link.getFirstChild(), target) ? Optional.empty() : Optional.of(" (" + target.name() + ")");
    }

    private static boolean showsAddress(@Nullable Node child, Target target) {
        if (child == null) return true;
        if (!(child instanceof Text text) || text.getNext() != null) return false;
        return text.getLiteral().equals(target.address()) || text.getLiteral().equals(target.name());
    }

    private Runnable text(String text, Runnable end) {
        html.text(VisibleText.of(text));
        return end;
    }

    private Runnable tag(String name) {
        return tag(name, Map.of());
    }

    private Runnable tag(String name, Map<String, String> attributes) {
        if (depth >= MAX_DEPTH) return () -> {};
        depth++;
        html.tag(name, attributes);
        return () -> {
            depth--;
            html.tag("/" + name);
        };
    }

    private static Runnable both(Runnable outer, Runnable inner) {
        return () -> {
            inner.run();
            outer.run();
        };
    }
}
