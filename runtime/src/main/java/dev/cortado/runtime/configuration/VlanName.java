package dev.cortado.runtime.configuration;

import dev.cortado.runtime.net.wire.VlanTag;

/**
 * A name such as eth0.5: an interface, a point and the number of a VLAN on it (IEEE 802.1Q), as
 * Linux's users write it.
 *
 * @param parent the interface; all of the name if there is no VLAN
 * @param vlan 0 if there is none
 */
public record VlanName(String parent, int vlan) {
    /**
     * Reads a name.
     *
     * @throws IllegalArgumentException what is behind the point is no number of a VLAN
     */
    public static VlanName of(String name) {
        int point = name.lastIndexOf('.');
        return point < 0
                ? new VlanName(name, 0)
                : new VlanName(name.substring(0, point), number(name.substring(point + 1)));
    }

    /**
     * Reads a VLAN's number.
     *
     * @throws IllegalArgumentException it is none
     */
    public static int number(String text) {
        int number = text.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(text) : 0;
        if (number == 0 || number > VlanTag.MAXIMUM) {
            throw new IllegalArgumentException(
                    '"' + text + "\" is no number of a VLAN, from 1 to " + VlanTag.MAXIMUM);
        }
        return number;
    }

    @Override
    public String toString() {
        return vlan == 0 ? parent : parent + "." + vlan;
    }
}
