package io.guildhall.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The options of a command line.
 *
 * @param values by option name, such as {@code --rounds}
 */
public record Options(Map<String, String> values) {

    /** The command line is invalid. The message says what to write instead. */
    public static final class UsageException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public UsageException(String message) {
            super(message);
        }
    }

    public Options {
        values = Map.copyOf(values);
    }

    /** @throws UsageException if an option is unknown or has no value */
    public static Options parse(List<String> arguments, Set<String> known) {
        var values = new HashMap<String, String>();
        for (int i = 0; i < arguments.size(); i += 2) {
            var name = arguments.get(i);
            if (!known.contains(name))
                throw new UsageException("Unknown option " + name + ". Options: "
                        + String.join(", ", known.stream().sorted().toList()) + ". ./guildhall help explains them.");
            if (i + 1 == arguments.size()) throw new UsageException(name + " needs a value.");
            values.put(name, arguments.get(i + 1));
        }
        return new Options(values);
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** @throws UsageException if the value is not a number from min to max */
    public long number(String name, long defaultValue, long min, long max) {
        var text = values.get(name);
        if (text == null) return defaultValue;
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) return number;
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw new UsageException(name + " must be a number from " + min + " to " + max + ", not '" + text + "'.");
    }

    /** @throws UsageException if the value is none of the choices */
    public String oneOf(String name, String defaultValue, List<String> choices) {
        var text = values.getOrDefault(name, defaultValue);
        if (choices.contains(text)) return text;
        throw new UsageException(name + " must be " + String.join(" or ", choices) + ", not '" + text + "'.");
    }
}
