package io.guildhall.projections.notify.mail;

import freemarker.template.Template;
import io.guildhall.projections.text.Templates;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Renders e-mails as HTML and as text, with one layout for all. Every value is escaped in HTML; a template cannot
 * disable it. Thread-safe.
 */
public final class MailTemplates {
    private static final String HTML = "mail.ftlh";
    private static final String TEXT = "mail.txt.ftl";

    private final Template html;
    private final Template text;
    private final URI publicUrl;

    /** @param publicUrl the base of the links */
    public MailTemplates(URI publicUrl) {
        this.publicUrl = publicUrl;
        var templates = new Templates(MailTemplates.class);
        this.html = templates.load(HTML);
        this.text = templates.load(TEXT);
    }

    /** An e-mail as HTML document and as text. */
    public record Rendered(String html, String text) {}

    /**
     * @param footer why the recipient gets the mail
     * @param unsubscribe the page on which the recipient can stop such mails; empty if they cannot be stopped
     */
    Rendered render(MailContent content, String footer, Optional<URI> unsubscribe) {
        var model = new HashMap<String, Object>();
        model.put("heading", content.heading());
        model.put("blocks", content.blocks());
        model.put("facts", content.facts());
        content.action()
                .ifPresent(it -> model.put(
                        "action", Map.of("label", it.label(), "url", it.url().toString())));
        model.put("footer", footer);
        unsubscribe.ifPresent(it -> model.put("unsubscribe", it.toString()));
        model.put("site", publicUrl.toString());
        return new Rendered(process(html, model), process(text, model));
    }

    private static String process(Template template, Map<String, Object> model) {
        try (var output = new StringWriter()) {
            Templates.process(template, model, output);
            return output.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
