package io.guildhall.projections.export.room;

import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateHTMLOutputModel;
import freemarker.template.Template;
import freemarker.template.TemplateModelException;
import io.guildhall.projections.export.room.ExportedMessage.File;
import io.guildhall.projections.text.SafeMarkdown;
import io.guildhall.projections.text.Templates;
import io.guildhall.projections.text.VisibleText;
import java.io.IOException;
import java.io.Writer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the HTML pages of an export. Every value is escaped; only what {@link SafeMarkdown} makes of a text is markup.
 * The pages load nothing and run nothing. Thread-safe.
 */
final class ExportTemplates {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.UK).withZone(ZoneOffset.UTC);

    private final Template index;
    private final Template messages;

    ExportTemplates() {
        var templates = new Templates(ExportTemplates.class);
        this.index = templates.load("index.ftlh");
        this.messages = templates.load("messages.ftlh");
    }

    void writeIndex(Writer output, ExportedRoom room, long count, List<ExportPage> pages, Instant at)
            throws IOException {
        var model = new HashMap<String, Object>();
        model.put("heading", VisibleText.of(room.heading()));
        model.put("members", room.names().values().stream().map(VisibleText::of).toList());
        model.put("count", Long.toString(count));
        model.put("at", TIME.format(at));
        model.put(
                "pages",
                pages.stream()
                        .map(it -> Map.of("path", it.html(), "label", it.label()))
                        .toList());
        Templates.process(index, model, output);
    }

    void writeMessages(Writer output, ExportedRoom room, ExportPage page, List<ExportedMessage> content)
            throws IOException {
        var model = new HashMap<String, Object>();
        model.put("heading", VisibleText.of(room.heading()));
        model.put("label", page.label());
        page.previous().ifPresent(it -> model.put("previous", it.fileName()));
        page.next().ifPresent(it -> model.put("next", it.fileName()));
        model.put("messages", content.stream().map(it -> message(it, page)).toList());
        Templates.process(messages, model, output);
    }

    private static Map<String, Object> message(ExportedMessage message, ExportPage page) {
        var model = new HashMap<String, Object>();
        model.put("number", Long.toString(message.number()));
        model.put("author", VisibleText.of(message.author().orElse("Guildhall")));
        model.put("isReport", message.report().isPresent());
        model.put("at", TIME.format(message.sentAt()));
        model.put("text", markup(SafeMarkdown.toHtml(message.text())));
        message.report().ifPresent(it -> model.put("contract", it.link()));
        message.report()
                .flatMap(ExportedMessage.Report::milestone)
                .ifPresent(it -> model.put("milestone", Integer.toString(it)));
        message.replyTo().ifPresent(it -> {
            model.put("replyTo", Long.toString(it));
            model.put("replyPage", page.ofMessage(it).fileName());
        });
        message.editedAt().ifPresent(it -> model.put("editedAt", TIME.format(it)));
        message.deletedAt().ifPresent(it -> model.put("deletedAt", TIME.format(it)));
        model.put("files", message.files().stream().map(ExportTemplates::file).toList());
        model.put(
                "reactions",
                message.reactions().stream()
                        .map(it -> it.emoji() + " " + VisibleText.of(it.name()))
                        .toList());
        return model;
    }

    private static TemplateHTMLOutputModel markup(String html) {
        try {
            return HTMLOutputFormat.INSTANCE.fromMarkup(html);
        } catch (TemplateModelException e) {
            throw new IllegalStateException("A text is not markup", e);
        }
    }

    private static Map<String, Object> file(File file) {
        var model = new HashMap<String, Object>();
        model.put("name", file.name());
        model.put("bytes", Long.toString(file.bytes()));
        file.path().ifPresent(it -> model.put("href", "../" + address(it)));
        return model;
    }

    private static String address(String path) {
        return URLEncoder.encode(path, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }
}
