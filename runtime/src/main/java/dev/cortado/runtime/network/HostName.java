package dev.cortado.runtime.network;

import dev.cortado.runtime.configuration.BootConfiguration;
import dev.cortado.runtime.net.wire.DnsName;

/** The name that a source of configuration, or the command line, has given the machine. */
public final class HostName {
    private HostName() {}

    /** Null if nobody has, or what he said cannot be a host's name. */
    public static String own() {
        String said = System.getProperty(BootConfiguration.HOST_NAME_PROPERTY);
        return said != null && DnsName.isFine(DnsName.canonical(said)) ? said : null;
    }
}
