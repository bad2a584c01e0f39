package io.guildhall.http.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.http.endpoint.Schemas.Direction;
import org.junit.jupiter.api.Test;

class SchemasTest {
    record Pot(String glaze) {}

    record Kitchen(Pot pot, Shelf shelf) {}

    record Shelf(int pots) {}

    record Garden(Pot own, Neighbour.Pot borrowed) {}

    private static final class Neighbour {
        record Pot(String plant) {}
    }

    private final Schemas schemas = new Schemas();

    @Test
    void schemaIsNamedAfterItsRecord() {
        schemas.of(Kitchen.class, Direction.RESPONSE);
        schemas.of(Pot.class, Direction.REQUEST);
        assertThat(schemas.named()).containsOnlyKeys("Kitchen", "Pot", "PotInput", "Shelf");
    }

    @Test
    void rejectsTwoRecordsOfTheSameName() {
        assertThatThrownBy(() -> schemas.of(Garden.class, Direction.RESPONSE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("two schemas are named Pot");
    }
}
