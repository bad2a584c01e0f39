package io.guildhall.dev;

import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles what was edited, and what depends on it if more than code was edited, into the modules' class folders. The
 * folders change only when everything compiles: the node that runs from them is not disturbed by an error.
 */
final class IncrementalCompiler implements AutoCloseable {
    private static final List<String> OPTIONS = List.of(
            "-parameters",
            "--release",
            "25",
            "-proc:none",
            "-implicit:none",
            "-g",
            "-Xlint:all,-path,-processing",
            "-Xmaxerrs",
            "20");
    private static final String MAVEN_STATUS =
            "target/maven-status/maven-compiler-plugin/compile/default-compile/inputFiles.lst";

    private final List<Module> modules;
    private final String libraries;
    private final Path scratch;
    private final Writer messages;
    private final JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    private final StandardJavaFileManager files = javac.getStandardFileManager(null, null, StandardCharsets.UTF_8);

    /**
     * @param modules each after those that it depends on
     * @param libraries the class path of the jars
     * @param scratch a folder for the classes until everything compiles
     */
    IncrementalCompiler(List<Module> modules, String libraries, Path scratch, Writer messages) {
        this.modules = modules;
        this.libraries = libraries;
        this.scratch = scratch;
        this.messages = messages;
    }

    /**
     * @param changed what was edited, added or deleted since the last success, resources included
     * @return the number of sources that were compiled, or -1 if there are errors; they are in the messages
     */
    int compile(Set<Path> changed) throws IOException {
        Folders.delete(scratch);
        // The file manager remembers which folders are missing.
        for (var module : modules) {
            Files.createDirectories(output(module));
            Files.createDirectories(module.classes());
        }
        var compiled = new HashMap<Module, Set<Path>>();
        var changedTypes = new HashSet<String>();
        for (var module : modules) {
            var sources = changed.stream()
                    .filter(it ->
                            it.startsWith(module.sources()) && it.toString().endsWith(".java"))
                    .collect(Collectors.toCollection(HashSet::new));
            sources.addAll(new Dependents(changedTypes).in(module, sources));
            boolean more = !sources.isEmpty();
            while (more) {
                compiled.put(module, Set.copyOf(sources));
                if (!compile(module, sources, compiled)) return -1;
                addChangedTypes(module, sources, changedTypes);
                more = sources.addAll(new Dependents(changedTypes).in(module, sources));
            }
        }
        for (var module : modules) {
            publishClasses(module, compiled.getOrDefault(module, Set.of()));
            publishResources(module, changed);
        }
        return compiled.values().stream().mapToInt(Set::size).sum();
    }

    private boolean compile(Module module, Set<Path> sources, Map<Module, Set<Path>> compiled) throws IOException {
        Folders.delete(output(module));
        Files.createDirectories(output(module));
        var existing = sources.stream().filter(Files::exists).toList();
        if (existing.isEmpty()) return true;
        var options = new ArrayList<>(OPTIONS);
        options.addAll(List.of("-d", output(module).toString(), "-cp", classPath()));
        var visible = new CurrentClasses(files, compiled);
        return javac.getTask(messages, visible, null, options, null, files.getJavaFileObjectsFromPaths(existing))
                .call();
    }

    private String classPath() {
        var folders = Stream.concat(
                modules.stream().map(this::output), modules.stream().map(Module::classes));
        return Stream.concat(folders.map(Path::toString), Stream.of(libraries))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private Path output(Module module) {
        return scratch.resolve(module.name());
    }

    /** Adds the types of which other classes see something new, and the types that inherit it. */
    private void addChangedTypes(Module module, Set<Path> sources, Set<String> changedTypes) throws IOException {
        var shapes = new ArrayList<ClassShape>();
        for (var source : sources) {
            var before = shapes(module.classes(), module.className(source));
            var after = shapes(output(module), module.className(source));
            for (var name : Stream.concat(before.keySet().stream(), after.keySet().stream())
                    .toList()) {
                var same = before.containsKey(name) && before.get(name).equals(after.get(name));
                if (!same) changedTypes.add(name);
            }
            shapes.addAll(after.values());
        }
        boolean more = true;
        while (more) {
            more = false;
            for (var shape : shapes)
                if (shape.supertypes().stream().anyMatch(changedTypes::contains))
                    more |= changedTypes.add(shape.name());
        }
    }

    private static Map<String, ClassShape> shapes(Path classes, String className) throws IOException {
        var shapes = new HashMap<String, ClassShape>();
        for (var file : Module.classFiles(classes, className)) {
            var shape = ClassShape.of(file);
            shapes.put(shape.name(), shape);
        }
        return shapes;
    }

    private void publishClasses(Module module, Set<Path> sources) throws IOException {
        if (sources.isEmpty()) return;
        for (var source : sources)
            for (var old : Module.classFiles(module.classes(), module.className(source))) Files.delete(old);
        for (var fresh : Folders.files(output(module))) {
            var target = module.classes().resolve(output(module).relativize(fresh));
            Files.createDirectories(target.getParent());
            Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
        }
        // Without its list Maven compiles the module again, with every check that is left out here.
        Files.deleteIfExists(module.folder().resolve(MAVEN_STATUS));
    }

    private static void publishResources(Module module, Set<Path> changed) throws IOException {
        for (var file : changed) {
            if (!file.startsWith(module.resources())) continue;
            var target = module.classes().resolve(module.resources().relativize(file));
            if (Files.exists(file)) {
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            } else Files.deleteIfExists(target);
        }
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
