package io.guildhall.projections;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** All classes of this module that are not tests. */
public final class ProgramClasses {
    private ProgramClasses() {}

    public static List<Class<?>> all() {
        try {
            var root = Path.of(View.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (var files = Files.walk(root)) {
                return files.map(root::relativize)
                        .map(Path::toString)
                        .filter(it -> it.endsWith(".class"))
                        .<Class<?>>map(ProgramClasses::load)
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** The concrete classes that implement the interface. */
    public static List<Class<?>> implementing(Class<?> type) {
        return all().stream()
                .filter(it -> type.isAssignableFrom(it) && !Modifier.isAbstract(it.getModifiers()))
                .toList();
    }

    private static Class<?> load(String file) {
        var name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
        try {
            return Class.forName(name, false, View.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
