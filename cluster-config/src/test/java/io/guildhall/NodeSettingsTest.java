package io.guildhall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.embedded.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeSettingsTest {
    @TempDir
    Path data;

    private NodeSettings read(String... lines) throws IOException {
        Files.createDirectories(data.resolve("nodes"));
        Files.write(data.resolve("nodes").resolve("node-2.env"), List.of(lines));
        return NodeSettings.read(data, 2);
    }

    @Test
    void nodeWithoutFileHasNoVariables() {
        var settings = NodeSettings.read(data, 1);
        assertThat(settings.variables()).isEmpty();
        assertThat(settings.command(List.of("java", "-version"))).containsExactly("java", "-version");
    }

    @Test
    void aNodeHasTheVariablesOfItsFile() throws IOException {
        var settings = read("GUILDHALL_CLUSTER_HOST=10.0.0.2", "JAVA_TOOL_OPTIONS=-Da=b -Dc=d");
        assertThat(settings.find("GUILDHALL_CLUSTER_HOST")).contains("10.0.0.2");
        assertThat(settings.find("JAVA_TOOL_OPTIONS")).contains("-Da=b -Dc=d");
        assertThat(settings.find("GUILDHALL_CLUSTER_PORT")).isEmpty();
    }

    @Test
    void aCommandIsPutBeforeThatOfTheNode() throws IOException {
        assertThat(read("GUILDHALL_NODE_COMMAND=ip netns exec node-2").command(List.of("java", "-version")))
                .containsExactly("ip", "netns", "exec", "node-2", "java", "-version");
    }

    @Test
    void rejectsALineThatIsNoVariable() {
        assertThatThrownBy(() -> read("GUILDHALL_PORT"))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("a line that is not NAME=VALUE: GUILDHALL_PORT");
    }
}
