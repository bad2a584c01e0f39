package io.guildhall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NodeOutputTest {
    @Test
    void namesTheNodeInEachLine() {
        var out = new ByteArrayOutputStream();
        NodeOutput.print(
                "node-2",
                new BufferedReader(new StringReader("ERROR it failed\n\tat a.b\nlast")),
                new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("node-2  ERROR it failed", "node-2  \tat a.b", "node-2  last");
    }
}
