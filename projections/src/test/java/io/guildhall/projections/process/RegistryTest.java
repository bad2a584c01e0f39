package io.guildhall.projections.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.projections.DeadlineKind;
import io.guildhall.projections.Process;
import io.guildhall.projections.ProgramClasses;
import io.guildhall.projections.View;
import io.guildhall.projections.relay.KafkaRelay;
import io.guildhall.projections.view.Views;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every follower is listed, and every kind of deadline is handled by exactly one process. */
class RegistryTest {
    private static ProcessFixture fixture;
    private static List<Process> processes;

    @BeforeAll
    static void open() throws Exception {
        fixture = new ProcessFixture();
        processes = fixture.processes();
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @Test
    void everyViewIsListed() {
        assertThat(Views.all().stream().<Class<?>>map(View::getClass))
                .containsExactlyInAnyOrderElementsOf(ProgramClasses.implementing(View.class));
    }

    @Test
    void everyProcessIsListed() {
        assertThat(processes.stream().<Class<?>>map(Process::getClass))
                .containsExactlyInAnyOrderElementsOf(ProgramClasses.implementing(Process.class));
    }

    @Test
    void followerNamesAreUnique() {
        assertThat(Stream.of(
                                Views.all().stream().map(View::name),
                                processes.stream().map(Process::name),
                                Stream.of(KafkaRelay.NAME))
                        .flatMap(it -> it))
                .doesNotHaveDuplicates();
    }

    @Test
    void everyKindOfDeadlineIsHandledOnce() {
        var declared = ProgramClasses.all().stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                .filter(it -> it.getType() == DeadlineKind.class && Modifier.isStatic(it.getModifiers()))
                .map(RegistryTest::value)
                .toList();
        assertThat(declared).isNotEmpty();
        assertThat(processes.stream().flatMap(it -> it.deadlines().keySet().stream()))
                .containsExactlyInAnyOrderElementsOf(declared);
    }

    private static DeadlineKind value(Field constant) {
        try {
            constant.setAccessible(true);
            return (DeadlineKind) constant.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
