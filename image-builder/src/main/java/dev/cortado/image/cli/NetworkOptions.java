package dev.cortado.image.cli;

import dev.cortado.image.network.NetworkRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options about a guest's network. */
final class NetworkOptions {
    @Option(
            names = "--net",
            paramLabel = "NETWORK",
            description =
                    "What the guest's network card is connected to: user (QEMU's own network),"
                            + " tap=NAME (a tap device of this machine) or none. Default: user if"
                            + " the image has a network driver, otherwise none.")
    private String net;

    @Option(
            names = "--forward",
            paramLabel = "[IP:]PORT:PORT[/udp]",
            description =
                    "Make a port of this machine, at 127.0.0.1 unless you say otherwise, the"
                            + " guest's; for example 8080:80. Port 0 takes a free one, and a line"
                            + " says which. May be given several times.")
    private List<String> forwards = new ArrayList<>();

    @Option(
            names = "--mac",
            paramLabel = "ADDRESS",
            description =
                    "The card's address. Default: one that is made of the image's path, the same"
                            + " at each start. Two guests of one image in one network need it.")
    private String mac;

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            description =
                    "The guest's address, such as"
                            + " eth0:10.0.2.15/24,gateway=10.0.2.2,dns=10.0.2.3; eth0:dhcp or none;"
                            + " eth0.5 is VLAN 5 on eth0. Default: by DHCP.")
    private String address;

    @Option(
            names = "--capture",
            paramLabel = "FILE.pcap",
            description = "Write all frames to this file, for Wireshark or tcpdump.")
    private Path capture;

    NetworkRequest request() {
        return NetworkRequest.of(net, forwards, mac, capture, address);
    }
}
