package io.guildhall.dev;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;

/** Hides the old classes of sources that are compiled again: a class that was deleted or renamed must not be found. */
final class CurrentClasses extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final Set<Path> oldClasses = new HashSet<>();

    /** @param compiled the sources that are compiled again, by module */
    CurrentClasses(StandardJavaFileManager files, Map<Module, Set<Path>> compiled) throws IOException {
        super(files);
        for (var entry : compiled.entrySet())
            for (var source : entry.getValue()) {
                var module = entry.getKey();
                oldClasses.addAll(Module.classFiles(module.classes(), module.className(source)));
            }
    }

    @Override
    public Iterable<JavaFileObject> list(
            Location location, String name, Set<JavaFileObject.Kind> kinds, boolean recurse) throws IOException {
        var found = super.list(location, name, kinds, recurse);
        if (oldClasses.isEmpty() || !location.getName().equals("CLASS_PATH")) return found;
        return StreamSupport.stream(found.spliterator(), false)
                .filter(it -> !oldClasses.contains(fileManager.asPath(it)))
                .toList();
    }
}
