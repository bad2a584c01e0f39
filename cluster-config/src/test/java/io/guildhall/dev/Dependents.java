package io.guildhall.dev;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The sources to compile again when types have changed: those that name one, and those whose classes refer to one
 * without naming it. The text matters because the compiler copies constants, which leaves no reference in the class.
 */
final class Dependents {
    private static final Pattern WORD = Pattern.compile("\\w+");
    private static final Pattern TYPE = Pattern.compile("\\w+(/[\\w$]+)+");

    private final Set<String> types;
    private final Set<String> simpleNames = new HashSet<>();

    /** @param types internal names, such as {@code io/guildhall/kernel/Money$Sum} */
    Dependents(Set<String> types) {
        this.types = types;
        for (var type : types) simpleNames.add(type.replaceAll(".*[/$]", ""));
    }

    /** The sources of a module that depend on the types, without {@code known}, which are not read. */
    Set<Path> in(Module module, Set<Path> known) throws IOException {
        var found = new HashSet<Path>();
        if (types.isEmpty()) return found;
        for (var source : Folders.files(module.sources())) {
            if (known.contains(source) || !source.toString().endsWith(".java")) continue;
            if (names(source) || refers(module, source)) found.add(source);
        }
        return found;
    }

    private boolean names(Path source) throws IOException {
        return WORD.matcher(Files.readString(source)).results().anyMatch(it -> simpleNames.contains(it.group()));
    }

    private boolean refers(Module module, Path source) throws IOException {
        for (var file : Module.classFiles(module.classes(), module.className(source)))
            for (var entry : ClassFile.of().parse(file).constantPool())
                if (entry instanceof Utf8Entry text && refers(text.stringValue())) return true;
        return false;
    }

    /** In descriptors an L stands before the name. */
    private boolean refers(String text) {
        return TYPE.matcher(text)
                .results()
                .anyMatch(it ->
                        types.contains(it.group()) || types.contains(it.group().substring(1)));
    }
}
