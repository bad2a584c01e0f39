package io.guildhall.http.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SchemasTest {
    record Pot(String glaze) {}

    record Kitchen(Pot pot, Shelf shelf) {}

    record Shelf(int pots) {}

    record Garden(Pot own, Neighbour.Pot borrowed) {}

    private static final class Neighbour {
        record Pot(String plant) {}
    }

    @Test
    void schemaIsNamedAfterItsRecord() {
        assertThat(new Schemas(List.of(Kitchen.class), List.of()).named()).containsOnlyKeys("Kitchen", "Pot", "Shelf");
        assertThat(new Schemas(List.of(), List.of(Kitchen.class)).named()).containsOnlyKeys("Kitchen", "Pot", "Shelf");
    }

    @Test
    void requestSchemaEndsInInputIfTheRecordIsAlsoAResponse() {
        assertThat(new Schemas(List.of(Pot.class), List.of(Kitchen.class)).named())
                .containsOnlyKeys("Kitchen", "Pot", "PotInput", "Shelf");
    }

    @Test
    void rejectsTwoRecordsOfTheSameName() {
        assertThatThrownBy(() -> new Schemas(List.of(Garden.class), List.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("two schemas are named Pot")
                .hasMessageContaining("Neighbour$Pot");
    }
}
