package io.guildhall.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestDatabaseTest {
    @Test
    void isRealDatabaseWithVectors() throws Exception {
        try (var connection = TestDatabase.fresh().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE EXTENSION vector");
            try (var rows = statement.executeQuery("SELECT '[1,2]'::vector <-> '[1,3]'")) {
                rows.next();
                assertThat(rows.getDouble(1)).isEqualTo(1.0);
            }
        }
    }
}
