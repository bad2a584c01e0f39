package io.guildhall;

import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/** Reads the arguments of operator commands. What is wrong is a {@link UsageException} that says what is expected. */
final class OperatorArguments {
    private OperatorArguments() {}

    static String address(String command, List<String> arguments) {
        rejectOptions(arguments);
        if (arguments.size() != 1)
            throw new UsageException(command + " expects one e-mail address, and got " + arguments.size() + ".");
        return arguments.getFirst();
    }

    static Optional<String> view(List<String> arguments) {
        rejectOptions(arguments);
        if (arguments.size() > 1)
            throw new UsageException("rebuild expects one view, or none for all, and got " + arguments.size() + ".");
        return arguments.stream().findFirst();
    }

    static int none(String command, List<String> arguments, IntSupplier run) {
        rejectOptions(arguments);
        if (!arguments.isEmpty())
            throw new UsageException(command + " expects nothing after it, and got '" + arguments.getFirst() + "'.");
        return run.getAsInt();
    }

    /**
     * @param arguments an action, which {@code command} ends with, and its values
     * @return the values
     */
    static List<String> values(List<String> arguments, String command, String... names) {
        var values = arguments.subList(1, arguments.size());
        if (values.size() != names.length)
            throw new UsageException(command + " expects " + enumerate(List.of(names)) + ", and got " + values.size()
                    + (values.size() == 1 ? " value." : " values."));
        return values;
    }

    private static String enumerate(List<String> names) {
        int last = names.size() - 1;
        return last == 0 ? names.getFirst() : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    static UsageException unknownAction(String action, String command, String... known) {
        return action.startsWith("-")
                ? UsageException.unknownOption(action)
                : new UsageException(
                        command + " expects nothing, " + String.join(" or ", known) + ", and got '" + action + "'.");
    }

    private static void rejectOptions(List<String> arguments) {
        arguments.stream().filter(it -> it.startsWith("-")).findFirst().ifPresent(option -> {
            throw UsageException.unknownOption(option);
        });
    }
}
