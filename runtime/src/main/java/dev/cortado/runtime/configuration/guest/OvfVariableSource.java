package dev.cortado.runtime.configuration.guest;

import dev.cortado.drivers.vmware.guestrpc.GuestInfo;
import dev.cortado.runtime.configuration.BootConfiguration;
import dev.cortado.runtime.configuration.ConfigurationBuilder;
import dev.cortado.runtime.configuration.ovf.OvfConfiguration;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** OVF's environment in a variable of VMware's (transport {@code com.vmware.guestInfo}). */
public final class OvfVariableSource implements ConfigurationSource {
    private static final String NAME = "OVF of guestinfo";
    private static final String VARIABLE = "ovfEnv";

    @Override
    public List<BootConfiguration> read(Consumer<String> problems) {
        ConfigurationBuilder configuration = new ConfigurationBuilder(NAME, problems);
        try {
            Optional<GuestInfo> information = GuestInfo.ofMachine();
            Optional<byte[]> document =
                    information.isEmpty() ? Optional.empty() : information.get().get(VARIABLE);
            document.ifPresent(bytes ->
                    configuration.attempt(
                            () -> OvfConfiguration.read(bytes, VARIABLE, configuration)));
        } catch (IOException e) {
            configuration.problem(e.getMessage());
        }
        return List.of(configuration.build());
    }
}
