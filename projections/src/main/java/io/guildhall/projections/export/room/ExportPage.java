package io.guildhall.projections.export.room;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * A range of messages, which has an HTML page and a JSON file. Only one page is in memory at a time.
 *
 * @param index from 1
 * @param messages the number of messages of the export
 */
record ExportPage(long index, long messages) {
    static final int SIZE = 500;

    static List<ExportPage> all(long messages) {
        return LongStream.rangeClosed(1, (messages + SIZE - 1) / SIZE)
                .mapToObj(it -> new ExportPage(it, messages))
                .toList();
    }

    long first() {
        return (index - 1) * SIZE + 1;
    }

    long last() {
        return Math.min(messages, index * SIZE);
    }

    ExportPage ofMessage(long number) {
        return new ExportPage((number - 1) / SIZE + 1, messages);
    }

    Optional<ExportPage> previous() {
        return index == 1 ? Optional.empty() : Optional.of(new ExportPage(index - 1, messages));
    }

    Optional<ExportPage> next() {
        return last() == messages ? Optional.empty() : Optional.of(new ExportPage(index + 1, messages));
    }

    String label() {
        return "Messages " + first() + " to " + last();
    }

    String fileName() {
        return String.format(Locale.ROOT, "%06d.html", index);
    }

    String html() {
        return "messages/" + fileName();
    }

    String json() {
        return String.format(Locale.ROOT, "messages/%06d.json", index);
    }
}
