package dev.cortado.system.stores.xodus;

import dev.cortado.system.stores.Batch;
import dev.cortado.system.stores.KeyedStore;
import java.nio.file.Path;
import jetbrains.exodus.ByteIterable;
import jetbrains.exodus.bindings.StringBinding;
import jetbrains.exodus.env.Environment;
import jetbrains.exodus.env.EnvironmentConfig;
import jetbrains.exodus.env.Environments;
import jetbrains.exodus.env.Store;
import jetbrains.exodus.env.StoreConfig;

/** Xodus' log-structured store, in files whose number and order tell what is newest. */
public final class EnvironmentStore implements KeyedStore {
    private static final int FILE_KIBIBYTES = 256;

    private final Environment environment;
    private final Store store;

    public EnvironmentStore(Path directory) {
        EnvironmentConfig configuration =
                new EnvironmentConfig()
                        .setLogDurableWrite(true)
                        .setLogFileSize(FILE_KIBIBYTES)
                        .setManagementEnabled(false);
        environment = Environments.newInstance(directory.toFile(), configuration);
        store =
                environment.computeInTransaction(transaction ->
                        environment.openStore(
                                "entries", StoreConfig.WITHOUT_DUPLICATES, transaction));
    }

    @Override
    public String get(String key) {
        ByteIterable value =
                environment.computeInReadonlyTransaction(
                        transaction -> store.get(transaction, StringBinding.stringToEntry(key)));
        return value == null ? null : StringBinding.entryToString(value);
    }

    @Override
    public long size() {
        return environment.computeInReadonlyTransaction(store::count);
    }

    @Override
    public void put(Batch batch) {
        environment.executeInTransaction(transaction -> {
            batch.entries()
                    .forEach((key, value) ->
                            store.put(
                                    transaction,
                                    StringBinding.stringToEntry(key),
                                    StringBinding.stringToEntry(value)));
            for (String key : batch.removed()) {
                store.delete(transaction, StringBinding.stringToEntry(key));
            }
        });
    }

    @Override
    public void close() {
        environment.close();
    }
}
