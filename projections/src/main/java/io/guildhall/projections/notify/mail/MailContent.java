package io.guildhall.projections.notify.mail;

import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateHTMLOutputModel;
import freemarker.template.TemplateModelException;
import io.guildhall.projections.text.SafeMarkdown;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The content of an e-mail, which the templates render as HTML and as text.
 *
 * @param heading also the subject; it starts with our own words, not with those of a user
 * @param blocks from top to bottom
 * @param facts about the subject, below the blocks
 * @param action the next thing to do
 */
public record MailContent(String heading, List<Block> blocks, List<Fact> facts, Optional<Action> action) {
    private static final int MAX_HEADING_LENGTH = 200;
    private static final int MAX_TITLE_LENGTH = 80;
    private static final int MAX_FACT_LENGTH = 120;

    public MailContent {
        heading = UserText.line(heading, MAX_HEADING_LENGTH);
        blocks = List.copyOf(blocks);
        facts = List.copyOf(facts);
    }

    /** Who wrote a text, and whether it has Markdown. */
    public enum Source {
        GUILDHALL,
        USER,
        /** A user; the HTML part shows its Markdown. */
        MESSAGE
    }

    public record Block(Source source, String text) {
        public Block {
            text = UserText.paragraphs(text);
        }

        /** Whether it is set apart from our own texts. */
        public boolean isQuote() {
            return source != Source.GUILDHALL;
        }

        /** The text as HTML, which the template does not escape again. */
        public TemplateHTMLOutputModel getHtml() throws TemplateModelException {
            if (source == Source.MESSAGE) return HTMLOutputFormat.INSTANCE.fromMarkup(SafeMarkdown.toHtml(text));
            var escaped = HTMLOutputFormat.INSTANCE.escapePlainText(text);
            return HTMLOutputFormat.INSTANCE.fromMarkup(escaped.replace("\n", "<br>"));
        }

        /** The lines of the text; at least one. */
        public List<String> lines() {
            return text.lines().toList();
        }
    }

    /** @param value on one line; a user can have written it */
    public record Fact(String label, String value) {
        public Fact {
            value = UserText.line(value, MAX_FACT_LENGTH);
        }
    }

    /** @param label a verb with its object, such as "Open the contract" */
    public record Action(String label, URI url) {}

    /** The title of something, on one line and short enough for a subject. */
    static String shortTitle(String title) {
        return UserText.line(title, MAX_TITLE_LENGTH);
    }

    public static MailContent of(String heading, String... paragraphs) {
        return new MailContent(
                heading,
                Arrays.stream(paragraphs)
                        .map(it -> new Block(Source.GUILDHALL, it))
                        .toList(),
                List.of(),
                Optional.empty());
    }

    /** Adds what a user wrote; nothing if it is blank. */
    public MailContent withQuote(String text) {
        return with(new Block(Source.USER, text));
    }

    /** Adds the text of a message, with its Markdown; nothing if it is blank. */
    public MailContent withMessage(String text) {
        return with(new Block(Source.MESSAGE, text));
    }

    /** Adds a text of our own; nothing if it is blank. */
    public MailContent withParagraph(String text) {
        return with(new Block(Source.GUILDHALL, text));
    }

    private MailContent with(Block block) {
        if (block.text.isEmpty()) return this;
        return new MailContent(
                heading, Stream.concat(blocks.stream(), Stream.of(block)).toList(), facts, action);
    }

    MailContent withFact(String label, String value) {
        var all = Stream.concat(facts.stream(), Stream.of(new Fact(label, value)));
        return new MailContent(heading, blocks, all.toList(), action);
    }

    public MailContent withAction(String label, URI url) {
        return new MailContent(heading, blocks, facts, Optional.of(new Action(label, url)));
    }
}
