package dev.cortado.runtime.configuration.guest;

import dev.cortado.drivers.xen.store.DomainStore;
import dev.cortado.drivers.xen.store.StoreException;
import dev.cortado.drivers.xen.store.XenStore;
import dev.cortado.runtime.configuration.BootConfiguration;
import dev.cortado.runtime.configuration.ConfigurationBuilder;
import dev.cortado.runtime.configuration.named.NamedConfiguration;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * A domain's xenstore: {@code vm-data/cortado/arguments} and so on, below the domain's own
 * directory, where toolstacks have what administrators say ({@code xenstore-data} of XenServer).
 */
public final class StoreSource implements ConfigurationSource {
    private static final String NAME = "xenstore";
    private static final String PREFIX = "vm-data/cortado/";

    @Override
    public List<BootConfiguration> read(Consumer<String> problems) {
        ConfigurationBuilder configuration = new ConfigurationBuilder(NAME, problems);
        try {
            XenStore store = DomainStore.get();
            NamedConfiguration.read(name -> value(store, name), PREFIX, configuration);
        } catch (IOException e) {
            configuration.problem(e.getMessage());
        }
        return List.of(configuration.build());
    }

    private static byte[] value(XenStore store, String name) throws IOException {
        try {
            return store.read(name);
        } catch (StoreException e) {
            if (e.is(StoreException.ENOENT)) {
                return null;
            }
            throw e;
        }
    }
}
