package io.guildhall.bench.seed;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * Expands templates: selects one alternative of each {@code {this|that}}, which can be nested, and fills the
 * placeholders {@code {city}}, {@code {industry}}, {@code {tool}}, {@code {make}}, {@code {term}}, {@code {skill}},
 * {@code {years}} and {@code {days}}.
 */
final class TemplateExpander {
    private final SeedSources sources;
    private final WorkField field;
    private final Random random;
    private final Set<String> used = new HashSet<>();

    TemplateExpander(SeedSources sources, WorkField field, Random random) {
        this.sources = sources;
        this.field = field;
        this.random = random;
    }

    /** Expands a template to a sentence with a capital letter at the start and punctuation at the end. */
    String sentence(String template) {
        var text = capitalise(expandAndTidy(template));
        return ".!?,:".indexOf(text.charAt(text.length() - 1)) >= 0 ? text : text + ".";
    }

    private String expandAndTidy(String template) {
        return expand(template)
                .replaceAll(" {2,}", " ")
                .replaceAll(" ([.,?!])", "$1")
                .replaceAll("([?!])\\.", "$1")
                .strip();
    }

    private String expand(String template) {
        var out = new StringBuilder();
        int at = 0;
        while (at < template.length()) {
            if (template.charAt(at) == '{') {
                int end = closing(template, at);
                var alternatives = alternatives(template.substring(at + 1, end));
                out.append(
                        alternatives.size() == 1 ? placeholder(alternatives.getFirst()) : expand(pick(alternatives)));
                at = end + 1;
            } else {
                out.append(template.charAt(at));
                at++;
            }
        }
        return out.toString();
    }

    private static int closing(String template, int open) {
        int depth = 0;
        for (int i = open; i < template.length(); i++) {
            if (template.charAt(i) == '{') depth++;
            if (template.charAt(i) == '}' && --depth == 0) return i;
        }
        throw new IllegalArgumentException("unclosed brace: " + template);
    }

    private static List<String> alternatives(String inside) {
        var alternatives = new ArrayList<String>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < inside.length(); i++) {
            switch (inside.charAt(i)) {
                case '{' -> depth++;
                case '}' -> depth--;
                case '|' -> {
                    if (depth == 0) {
                        alternatives.add(inside.substring(start, i));
                        start = i + 1;
                    }
                }
                default -> {}
            }
        }
        alternatives.add(inside.substring(start));
        return alternatives;
    }

    private String placeholder(String name) {
        return switch (name) {
            case "city" -> unused(sources.common("cities"));
            case "industry" -> unused(sources.common("industries"));
            case "tool" -> unused(field.tools());
            case "make" -> unused(field.deliverables());
            case "term" -> unused(field.terms());
            case "skill" -> unused(field.skills());
            case "years" -> Integer.toString(3 + random.nextInt(22));
            case "days" -> Integer.toString(between(field.days()));
            default -> throw new IllegalArgumentException("unknown placeholder {" + name + "}");
        };
    }

    /** A text that was not used yet, if there is one. */
    private String unused(List<String> texts) {
        var rest = texts.stream().filter(it -> !used.contains(it)).toList();
        var picked = pick(rest.isEmpty() ? texts : rest);
        used.add(picked);
        return picked;
    }

    int between(WorkField.Range range) {
        return range.min() + random.nextInt(range.max() - range.min() + 1);
    }

    <T> T pick(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    static String capitalise(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
