package dev.cortado.runtime.configuration;

import java.util.List;

/**
 * What a network interface is to have.
 *
 * @param name such as eth0; null if only the address says which one is meant
 * @param macAddress counts before the name; as in 52:54:00:12:34:56, in lower case; null if only
 *     the name says it
 * @param vlan a VLAN's number on the interface that is meant, which then is what this is about; 0
 *     for the interface itself
 * @param items as the command line's word {@code cortado.net=} has them behind the name: {@code
 *     10.0.2.15/24}, {@code dhcp}, {@code gateway=}, {@code route=}, {@code dns=}, {@code search=};
 *     the network looks whether they are any good when it starts
 */
public record InterfaceSettings(String name, String macAddress, int vlan, List<String> items) {
    public InterfaceSettings {
        if (name == null && macAddress == null) {
            throw new IllegalArgumentException("an interface has a name or an address");
        }
        items = List.copyOf(items);
    }

    /**
     * Whether an interface is meant, or a VLAN on it: by its address if that is given, and else by
     * its name, in which a {@code *} stands for anything.
     */
    public boolean isFor(String itsName, String itsAddress, int itsVlan) {
        return vlan == itsVlan && isOn(itsName, itsAddress);
    }

    /** Whether an interface is meant, be it as what a VLAN is on. */
    public boolean isOn(String itsName, String itsAddress) {
        if (macAddress != null) {
            return macAddress.equalsIgnoreCase(itsAddress);
        }
        int star = name.indexOf('*');
        if (star < 0) {
            return name.equals(itsName);
        }
        String end = name.substring(star + 1);
        return itsName.length() >= star + end.length()
                && itsName.startsWith(name.substring(0, star))
                && itsName.endsWith(end);
    }

    /** What it is meant by: the name, or else the address. */
    public String which() {
        return (name == null ? macAddress : name) + (vlan == 0 ? "" : "." + vlan);
    }

    @Override
    public String toString() {
        return which() + ":" + String.join(",", items);
    }
}
