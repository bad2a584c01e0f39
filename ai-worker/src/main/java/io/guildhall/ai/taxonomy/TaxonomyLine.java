package io.guildhall.ai.taxonomy;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** A line of a taxonomy file: columns separated by tabs, with the items of a list separated by ';'. */
record TaxonomyLine(String file, int number, List<String> cells) {
    private static final Pattern SLUG = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    /** Reads all lines except empty ones and those that begin with '#'. */
    static List<TaxonomyLine> read(String file, BufferedReader reader) throws IOException {
        List<TaxonomyLine> lines = new ArrayList<>();
        int number = 0;
        for (String text = reader.readLine(); text != null; text = reader.readLine()) {
            number++;
            if (text.isBlank() || text.startsWith("#")) continue;
            lines.add(new TaxonomyLine(
                    file,
                    number,
                    Arrays.stream(text.split("\t", -1)).map(String::strip).toList()));
        }
        return lines;
    }

    void requireColumns(int min, int max) {
        if (cells.size() < min || cells.size() > max)
            throw malformed("has " + cells.size() + " columns separated by tabs, instead of "
                    + (min == max ? min : min + " or " + max));
    }

    /** Returns an empty text if the line has no such column. */
    String cell(int column) {
        return column < cells.size() ? cells.get(column) : "";
    }

    String text(int column) {
        if (cell(column).isEmpty()) throw malformed("column " + (column + 1) + " is empty");
        return cell(column);
    }

    String slug(int column) {
        String slug = text(column);
        if (!SLUG.matcher(slug).matches())
            throw malformed("'" + slug + "' is not a slug: use lower-case letters, digits and hyphens");
        return slug;
    }

    List<String> list(int column) {
        if (cell(column).isEmpty()) return List.of();
        List<String> entries =
                Arrays.stream(cell(column).split(";", -1)).map(String::strip).toList();
        if (entries.contains("")) throw malformed("column " + (column + 1) + " has an empty entry");
        return entries;
    }

    String location() {
        return file + ":" + number;
    }

    MalformedTaxonomyException malformed(String reason) {
        return new MalformedTaxonomyException(file, number, reason);
    }

    TaxonomyLine skip(int columns) {
        return new TaxonomyLine(file, number, cells.subList(columns, cells.size()));
    }
}
