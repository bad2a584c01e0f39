package io.guildhall.adapter.postgres;

import io.guildhall.port.SigningKeys;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Stores signing keys in the database. The caller has encrypted them. */
public final class PostgresSigningKeys implements SigningKeys {
    private final DataSource database;

    public PostgresSigningKeys(DataSource database) {
        this.database = database;
    }

    @Override
    public List<StoredKey> all() {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(
                        "SELECT id, sealed, created_at FROM signing_key ORDER BY created_at DESC, id DESC");
                var rows = query.executeQuery()) {
            var keys = new ArrayList<StoredKey>();
            while (rows.next())
                keys.add(new StoredKey(
                        rows.getString(1),
                        rows.getBytes(2),
                        rows.getTimestamp(3).toInstant()));
            return keys;
        } catch (SQLException e) {
            throw new IllegalStateException("signing keys cannot be read", e);
        }
    }

    @Override
    public void addFirst(StoredKey key) {
        write("""
                INSERT INTO signing_key (id, sealed, created_at)
                SELECT ?, ?, ? WHERE pg_advisory_xact_lock(7411) IS NOT NULL AND NOT EXISTS (SELECT FROM signing_key)
                """, key);
    }

    @Override
    public void add(StoredKey key) {
        write("INSERT INTO signing_key (id, sealed, created_at) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING", key);
    }

    private void write(String sql, StoredKey key) {
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement(sql)) {
            insert.setString(1, key.id());
            insert.setBytes(2, key.encryptedKey());
            insert.setTimestamp(3, Timestamp.from(key.createdAt()));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("a signing key cannot be stored", e);
        }
    }

    @Override
    public void remove(String id) {
        try (var connection = database.getConnection();
                var delete = connection.prepareStatement("DELETE FROM signing_key WHERE id = ?")) {
            delete.setString(1, id);
            delete.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("a signing key cannot be removed", e);
        }
    }
}
