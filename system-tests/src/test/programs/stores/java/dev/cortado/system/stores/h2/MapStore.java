package dev.cortado.system.stores.h2;

import dev.cortado.system.stores.Batch;
import dev.cortado.system.stores.KeyedStore;
import java.nio.file.Path;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** H2's log-structured store, without the database above it. */
public final class MapStore implements KeyedStore {
    private final MVStore store;
    private final MVMap<String, String> map;

    public MapStore(Path directory) {
        store =
                new MVStore.Builder()
                        .fileName(directory.resolve("map").toString())
                        .autoCommitDisabled()
                        .compress()
                        .open();
        map = store.openMap("entries");
    }

    @Override
    public String get(String key) {
        return map.get(key);
    }

    @Override
    public long size() {
        return map.sizeAsLong();
    }

    @Override
    public void put(Batch batch) {
        batch.entries().forEach(map::put);
        batch.removed().forEach(map::remove);
        store.commit();
        store.sync();
    }

    @Override
    public void close() {
        store.close();
    }
}
