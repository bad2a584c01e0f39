package io.guildhall.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import org.junit.jupiter.api.Test;

/** The benchmark knows the program only by its HTTP contract: no class of another module is on its class path. */
class DependenciesTest {
    @Test
    void noOtherModuleIsOnTheClassPath() {
        assertThat(getClass().getClassLoader().resources("io/guildhall"))
                .extracting(URL::getPath)
                .isNotEmpty()
                .allMatch(it -> it.contains("/bench/target/"), "belongs to bench");
    }
}
