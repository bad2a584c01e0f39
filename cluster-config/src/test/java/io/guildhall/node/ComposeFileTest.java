package io.guildhall.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Checks the files of {@code docker/}, since no container engine runs on the machines of the tests. */
class ComposeFileTest {
    private static final Path SETTINGS = Path.of("src", "main", "resources");
    private static final Pattern SETTING =
            Pattern.compile("(?<![\\w.-])([\\w.-]+) = (\"[^\"]*\"|[^\\s,}]+),?\\s+\\1 = \\$\\{\\?([A-Z_]+)}");
    private static final Pattern EXAMPLE = Pattern.compile("(?m)^(?:# )?([A-Z][A-Z_]+)(?:=(.*)| is set in .*)$");

    /** Variables that are not settings of a node. */
    private static final List<String> OTHER_VARIABLES = List.of("POSTGRES_PASSWORD", "GUILDHALL_JAVA_OPTIONS");

    private static final ComposeFile FILE = ComposeFile.read(Map.of(
            "POSTGRES_PASSWORD",
            "password",
            "GUILDHALL_SECRET",
            "secret",
            "GUILDHALL_MASTER_KEYS",
            "keys",
            "GUILDHALL_OPERATOR_TOKEN",
            "token"));

    private static List<String> errors(JsonNode file) throws IOException {
        var schema = (ObjectNode) new ObjectMapper()
                .readTree(Path.of("src", "test", "resources", "compose", "compose-spec.json")
                        .toFile());
        // The validator requires an absolute one.
        schema.put("$id", "https://compose-spec.io/compose-spec.json");
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema).validate(file).stream()
                .map(Object::toString)
                .toList();
    }

    @Test
    void composeFileMatchesTheSchema() throws IOException {
        assertThat(errors(FILE.content())).isEmpty();
        var wrong = FILE.content().deepCopy();
        ((ObjectNode) wrong.at("/services/node-1")).put("imago", "guildhall");
        assertThat(errors(wrong)).isNotEmpty();
    }

    @Test
    void everyServiceThatIsNamedExists() {
        var services = new TreeSet<String>();
        FILE.content().path("services").fieldNames().forEachRemaining(services::add);
        assertThat(services)
                .containsExactlyInAnyOrder(
                        "node-1", "node-2", "node-3", "proxy", "postgres", "kafka", "redis", "mailpit");
        FILE.content()
                .path("services")
                .forEach(it -> it.path("depends_on")
                        .properties()
                        .forEach(dependency -> assertThat(services).contains(dependency.getKey())));
    }

    private static String settings() throws IOException {
        try (var files = Files.list(SETTINGS)) {
            var all = new StringBuilder();
            for (var file :
                    files.filter(it -> it.toString().endsWith(".conf")).sorted().toList())
                all.append(Files.readString(file)).append('\n');
            return all.toString();
        }
    }

    private static Map<String, String> defaults() throws IOException {
        return SETTING.matcher(settings())
                .results()
                .collect(Collectors.toMap(
                        it -> it.group(3), it -> it.group(2).replace("\"", ""), (first, _) -> first, TreeMap::new));
    }

    @Test
    void exampleHasEveryVariableOfTheProgram() throws IOException {
        var all = Pattern.compile("\\$\\{\\?([A-Z_]+)}")
                .matcher(settings())
                .results()
                .map(it -> it.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(defaults())
                .as("settings with a default before their variable")
                .containsOnlyKeys(all);
        all.addAll(OTHER_VARIABLES);
        assertThat(EXAMPLE.matcher(ComposeFile.text(".env.example")).results().map(it -> it.group(1)))
                .containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void exampleNamesTheDefaults() throws IOException {
        var defaults = new HashMap<>(defaults());
        var shown = Pattern.compile("(?m)^# ([A-Z][A-Z_]+)=(.*)$")
                .matcher(ComposeFile.text(".env.example"))
                .results()
                .filter(it -> !OTHER_VARIABLES.contains(it.group(1)))
                .collect(Collectors.toMap(it -> it.group(1), it -> it.group(2)));
        assertThat(shown).isNotEmpty();
        defaults.keySet().retainAll(shown.keySet());
        assertThat(shown).isEqualTo(defaults);
    }

    @Test
    void variablesThatComposeSetsAreMarked() {
        var environment = FILE.service("node-1").path("environment");
        var marked = Pattern.compile("(?m)^# ([A-Z_]+) is set in compose.yaml\\.$")
                .matcher(ComposeFile.text(".env.example"))
                .results()
                .map(it -> it.group(1))
                .toList();
        var active = List.of(
                "GUILDHALL_SECRET",
                "GUILDHALL_MASTER_KEYS",
                "GUILDHALL_OPERATOR_TOKEN",
                "GUILDHALL_PUBLIC_URL",
                "GUILDHALL_MAIL_FROM");
        var set = new TreeSet<String>();
        environment.fieldNames().forEachRemaining(set::add);
        set.removeAll(active);
        assertThat(marked).containsExactlyInAnyOrderElementsOf(set);
    }

    @Test
    void databaseAcceptsTheConnectionsOfAllNodes() {
        var pools = Settings.from(Settings.load(ConfigFactory.empty())).connectionPools();
        var max = Pattern.compile("max_connections=([0-9]+)")
                .matcher(FILE.service("postgres").path("command").asText());
        assertThat(max.find()).isTrue();
        pools.requireCapacity(FILE.nodes().size(), Integer.parseInt(max.group(1)) - 3);
    }

    @Test
    void imageRunsAsAnOrdinaryUserAndChecksItsHealth() {
        var stages = ComposeFile.text("Dockerfile").split("(?m)^FROM ", -1);
        assertThat(stages).hasSizeGreaterThan(3);
        var last = stages[stages.length - 1];
        assertThat(last)
                .startsWith("base\n")
                .contains("COPY --from=train /opt/guildhall/cache/guildhall.aot")
                .contains("HEALTHCHECK")
                .doesNotContain("USER ");
        assertThat(ComposeFile.text("Dockerfile")).containsPattern("(?s)AS base\n.*USER 10001:10001\n.*AS train");
        for (var file : Pattern.compile("(?m)^COPY (docker/\\S+)")
                .matcher(ComposeFile.text("Dockerfile"))
                .results()
                .map(it -> it.group(1))
                .toList()) assertThat(Path.of("..").resolve(file)).exists();
    }

    /** As the launcher does, so that a node in a container has the same options. */
    @Test
    void imageUsesTheOptionsOfTheLauncher() throws IOException {
        var script = ComposeFile.text("guildhall-node.sh");
        var launcher = Files.readString(Path.of("..", "guildhall"));
        for (var option : List.of(
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "heap-options.sh",
                "-Xss512k",
                "-XX:MetaspaceSize=96m",
                "-XX:MaxMetaspaceSize=192m",
                "-Djava.awt.headless=true")) {
            assertThat(launcher).contains(option);
            assertThat(script).contains(option);
        }
    }

    @Test
    void proxyBalancesEveryNodeAndPassesWebSocketsOn() {
        var proxy = ComposeFile.text("nginx.conf");
        assertThat(proxy.chars().filter(it -> it == '{').count())
                .isEqualTo(proxy.chars().filter(it -> it == '}').count());
        assertThat(Pattern.compile("(?m)^ +server (\\S+) ")
                        .matcher(proxy)
                        .results()
                        .map(it -> it.group(1)))
                .containsExactlyElementsOf(
                        FILE.nodes().stream().map(it -> it + ":8080").toList());
        assertThat(proxy)
                .contains("proxy_set_header Upgrade $http_upgrade;")
                .contains("proxy_set_header Connection $connection_header;")
                .contains("proxy_set_header X-Forwarded-For $remote_addr;")
                .contains("proxy_request_buffering on;");
        assertThat(FILE.environment("node-1"))
                .containsEntry(
                        "GUILDHALL_TRUSTED_PROXIES",
                        FILE.service("proxy")
                                .at("/networks/guildhall/ipv4_address")
                                .asText());
    }
}
