package io.guildhall.http.auth;

import io.guildhall.port.SigningKeys;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

class InMemorySigningKeys implements SigningKeys {
    private final List<StoredKey> keys = new CopyOnWriteArrayList<>();

    @Override
    public List<StoredKey> all() {
        return List.copyOf(keys);
    }

    @Override
    public void addFirst(StoredKey key) {
        if (keys.isEmpty()) keys.add(key);
    }

    @Override
    public void add(StoredKey key) {
        keys.addFirst(key);
    }

    @Override
    public void remove(String id) {
        keys.removeIf(it -> it.id().equals(id));
    }
}
