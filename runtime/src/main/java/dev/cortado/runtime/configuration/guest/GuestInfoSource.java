package dev.cortado.runtime.configuration.guest;

import dev.cortado.drivers.vmware.guestrpc.GuestInfo;
import dev.cortado.runtime.configuration.BootConfiguration;
import dev.cortado.runtime.configuration.ConfigurationBuilder;
import dev.cortado.runtime.configuration.cloud.GuestInformation;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** VMware's variables of a guest. */
public final class GuestInfoSource implements ConfigurationSource {
    private static final String NAME = "guestinfo";
    private static final String PREFIX = "guestinfo.";

    @Override
    public List<BootConfiguration> read(Consumer<String> problems) {
        ConfigurationBuilder configuration = new ConfigurationBuilder(NAME, problems);
        try {
            Optional<GuestInfo> information = GuestInfo.ofMachine();
            if (information.isEmpty()) {
                return List.of();
            }
            GuestInformation.read(name -> value(information.get(), name), configuration);
        } catch (IOException e) {
            configuration.problem(e.getMessage());
        }
        return List.of(configuration.build());
    }

    private static byte[] value(GuestInfo information, String name) throws IOException {
        return information.get(name.substring(PREFIX.length())).orElse(null);
    }
}
