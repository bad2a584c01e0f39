package io.guildhall.projections.notify.mail;

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
 * @param action the next thing to do
 */
public record MailContent(String heading, List<Block> blocks, Optional<Action> action) {
    private static final int MAX_HEADING_LENGTH = 200;
    private static final int MAX_TITLE_LENGTH = 80;

    public MailContent {
        heading = UserText.line(heading, MAX_HEADING_LENGTH);
        blocks = List.copyOf(blocks);
    }

    /** @param isQuote whether a user wrote the text; it is set apart from ours */
    public record Block(boolean isQuote, String text) {
        public Block {
            text = UserText.paragraphs(text);
        }

        /** The lines of the text; at least one. */
        public List<String> lines() {
            return text.lines().toList();
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
                Arrays.stream(paragraphs).map(it -> new Block(false, it)).toList(),
                Optional.empty());
    }

    /** Adds what a user wrote; nothing if it is blank. */
    public MailContent withQuote(String text) {
        return with(new Block(true, text));
    }

    /** Adds a text of our own; nothing if it is blank. */
    public MailContent withParagraph(String text) {
        return with(new Block(false, text));
    }

    private MailContent with(Block block) {
        if (block.text.isEmpty()) return this;
        return new MailContent(
                heading, Stream.concat(blocks.stream(), Stream.of(block)).toList(), action);
    }

    public MailContent withAction(String label, URI url) {
        return new MailContent(heading, blocks, Optional.of(new Action(label, url)));
    }
}
