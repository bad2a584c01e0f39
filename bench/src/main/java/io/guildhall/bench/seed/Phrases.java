package io.guildhall.bench.seed;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * Says a written part in one of its ways: takes one of each {@code {this|that}}, and puts a word into each slot: {@code {city}},
 * {@code {industry}}, {@code {tool}}, {@code {make}}, {@code {term}}, {@code {skill}}, {@code {years}}, {@code {days}}.
 */
final class Phrases {
    private final Parts parts;
    private final Field field;
    private final Random chance;
    private final Set<String> said = new HashSet<>();

    Phrases(Parts parts, Field field, Random chance) {
        this.parts = parts;
        this.field = field;
        this.chance = chance;
    }

    /** A sentence of its own: begins with a capital and ends with a mark. */
    String sentence(String part) {
        var said = say(part);
        var begun = capital(said);
        return ".!?,:".indexOf(begun.charAt(begun.length() - 1)) >= 0 ? begun : begun + ".";
    }

    String say(String part) {
        return expand(part)
                .replaceAll(" {2,}", " ")
                .replaceAll(" ([.,?!])", "$1")
                .replaceAll("([?!])\\.", "$1")
                .strip();
    }

    private String expand(String part) {
        var out = new StringBuilder();
        int at = 0;
        while (at < part.length()) {
            if (part.charAt(at) == '{') {
                int end = closing(part, at);
                var ways = ways(part.substring(at + 1, end));
                out.append(ways.size() == 1 ? slot(ways.getFirst()) : expand(pick(ways)));
                at = end + 1;
            } else {
                out.append(part.charAt(at));
                at++;
            }
        }
        return out.toString();
    }

    private static int closing(String part, int open) {
        int depth = 0;
        for (int i = open; i < part.length(); i++) {
            if (part.charAt(i) == '{') depth++;
            if (part.charAt(i) == '}' && --depth == 0) return i;
        }
        throw new IllegalArgumentException("a brace is not closed: " + part);
    }

    private static List<String> ways(String inside) {
        var ways = new ArrayList<String>();
        int depth = 0;
        int begun = 0;
        for (int i = 0; i < inside.length(); i++) {
            switch (inside.charAt(i)) {
                case '{' -> depth++;
                case '}' -> depth--;
                case '|' -> {
                    if (depth == 0) {
                        ways.add(inside.substring(begun, i));
                        begun = i + 1;
                    }
                }
                default -> {}
            }
        }
        ways.add(inside.substring(begun));
        return ways;
    }

    private String slot(String name) {
        return switch (name) {
            case "city" -> fresh(parts.common("cities"));
            case "industry" -> fresh(parts.common("industries"));
            case "tool" -> fresh(field.tools());
            case "make" -> fresh(field.makes());
            case "term" -> fresh(field.terms());
            case "skill" -> fresh(field.skills());
            case "years" -> Integer.toString(3 + chance.nextInt(22));
            case "days" -> Integer.toString(between(field.days()));
            default -> throw new IllegalArgumentException("there is no slot {" + name + "}");
        };
    }

    /** Something that has not been said yet, as long as there is any. */
    private String fresh(List<String> of) {
        var rest = of.stream().filter(it -> !said.contains(it)).toList();
        var picked = pick(rest.isEmpty() ? of : rest);
        said.add(picked);
        return picked;
    }

    int between(Field.Range range) {
        return range.least() + chance.nextInt(range.most() - range.least() + 1);
    }

    <T> T pick(List<T> of) {
        return of.get(chance.nextInt(of.size()));
    }

    static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
