package io.guildhall.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What was said on the command line: pairs of --name and value. */
public record Options(Map<String, String> values) {

    /** What is wrong with the command line, and what to write instead. */
    public static final class Misuse extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Misuse(String message) {
            super(message);
        }
    }

    public Options {
        values = Map.copyOf(values);
    }

    /** @throws Misuse where a name is not known or has no value */
    public static Options parse(List<String> arguments, Set<String> known) {
        var values = new HashMap<String, String>();
        for (int i = 0; i < arguments.size(); i += 2) {
            var name = arguments.get(i);
            if (!known.contains(name))
                throw new Misuse("There is no option " + name + "; there are "
                        + String.join(", ", known.stream().sorted().toList()) + ".");
            if (i + 1 == arguments.size()) throw new Misuse(name + " needs a value.");
            values.put(name, arguments.get(i + 1));
        }
        return new Options(values);
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** @throws Misuse where it is no number within the bounds */
    public long number(String name, long otherwise, long least, long most) {
        var text = values.get(name);
        if (text == null) return otherwise;
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) return number;
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new Misuse(name + " is a number from " + least + " to " + most + ", not '" + text + "'.");
    }
}
