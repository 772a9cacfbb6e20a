package dev.cortado.runtime.network;

import dev.cortado.drivers.network.MacAddress;
import dev.cortado.kernel.monitor.MonitorText;
import dev.cortado.runtime.net.address.CharacterSink;
import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv6;

/** Addresses in what the monitor shows. Makes no objects. */
final class NetworkText implements CharacterSink {
    private MonitorText text;

    /** From now on, this is where it goes. */
    void begin(MonitorText to) {
        text = to;
    }

    MonitorText text() {
        return text;
    }

    @Override
    public void accept(char character) {
        text.character(character);
    }

    MonitorText address(long high, long low) {
        IpAddress.write(high, low, this);
        return text;
    }

    /** An address and a port, as RFC 3986 (3.2.2) has it. */
    MonitorText endpoint(long high, long low, int port) {
        boolean isIpv4 = Ipv6.isMapped(high, low);
        text.text(isIpv4 ? "" : "[");
        address(high, low);
        return text.text(isIpv4 ? ":" : "]:").number(port);
    }

    MonitorText mac(long address) {
        for (int i = 0; i < MacAddress.BYTES; i++) {
            int octet = MacAddress.byteOf(address, i);
            text.text(i > 0 ? ":" : "");
            text.character(Character.forDigit(octet >>> 4, 16));
            text.character(Character.forDigit(octet & 0xf, 16));
        }
        return text;
    }
}
