package io.guildhall.node;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files in {@code docker/}, as Docker Compose reads them. */
record ComposeFile(JsonNode content, Map<String, String> env) {
    static final Path FOLDER = Path.of("..", "docker");
    static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)(?::([-?])([^}]*))?}");

    /** @param secrets the values that an operator adds to {@code .env} */
    static ComposeFile read(Map<String, String> secrets) {
        // Merges the anchors, which Jackson does not.
        Map<String, Object> yaml = new Yaml(new SafeConstructor(new LoaderOptions())).load(text("compose.yaml"));
        var env = new HashMap<>(variables(text(".env.example")));
        env.putAll(secrets);
        return new ComposeFile(new ObjectMapper().valueToTree(yaml), Map.copyOf(env));
    }

    static String text(String file) {
        try {
            return Files.readString(FOLDER.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> variables(String env) {
        var variables = new LinkedHashMap<String, String>();
        env.lines()
                .filter(it -> it.matches("[A-Z_]+=.*"))
                .forEach(it -> variables.put(it.substring(0, it.indexOf('=')), it.substring(it.indexOf('=') + 1)));
        return variables;
    }

    JsonNode service(String name) {
        return content.path("services").path(name);
    }

    /** The environment of a service: that of its {@code env_file}, then its own. */
    Map<String, String> environment(String service) {
        var all = new HashMap<String, String>();
        if (service(service).path("env_file").asText().equals(".env")) all.putAll(env);
        service(service)
                .path("environment")
                .properties()
                .forEach(it -> all.put(it.getKey(), resolve(it.getValue().asText())));
        return Map.copyOf(all);
    }

    private String resolve(String text) {
        return VARIABLE.matcher(text).replaceAll(it -> {
            var value = env.getOrDefault(it.group(1), "");
            if (!value.isEmpty()) return Matcher.quoteReplacement(value);
            if ("-".equals(it.group(2))) return Matcher.quoteReplacement(requireNonNull(it.group(3)));
            throw new AssertionError(it.group(1) + " is not set");
        });
    }

    List<String> nodes() {
        return Stream.iterate(1, it -> it + 1)
                .map(it -> "node-" + it)
                .takeWhile(it -> content.path("services").has(it))
                .toList();
    }
}
