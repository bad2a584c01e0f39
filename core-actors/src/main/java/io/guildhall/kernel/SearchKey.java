package io.guildhall.kernel;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** The form in which the names of categories and skills are compared: without surrounding blanks, in lower case. */
public final class SearchKey {
    private SearchKey() {}

    public static String from(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    /** The key of each name, in their order. */
    public static List<String> from(Collection<String> names) {
        return names.stream().map(SearchKey::from).toList();
    }
}
