package dev.cortado.system.stores.mapdb;

import dev.cortado.system.stores.Batch;
import dev.cortado.system.stores.KeyedStore;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentMap;
import org.mapdb.DB;
import org.mapdb.DBMaker;
import org.mapdb.Serializer;

/** MapDB's tree in a file, with a log that is written ahead. */
public final class TransactionStore implements KeyedStore {
    private final DB database;
    private final ConcurrentMap<String, String> map;

    private TransactionStore(DB database) {
        this.database = database;
        map =
                database.treeMap("entries", Serializer.STRING, Serializer.STRING)
                        .valuesOutsideNodesEnable()
                        .createOrOpen();
    }

    /**
     * Opens a store.
     *
     * @param mapped whether its file is
     */
    public static TransactionStore open(Path directory, boolean mapped) {
        DBMaker.Maker maker =
                DBMaker.fileDB(directory.resolve("tree").toFile()).transactionEnable();
        return new TransactionStore(
                (mapped ? maker.fileMmapEnable() : maker.fileChannelEnable()).make());
    }

    @Override
    public String get(String key) {
        return map.get(key);
    }

    @Override
    public long size() {
        return map.size();
    }

    @Override
    public void put(Batch batch) {
        map.putAll(batch.entries());
        batch.removed().forEach(map::remove);
        database.commit();
    }

    @Override
    public void close() {
        database.close();
    }
}
