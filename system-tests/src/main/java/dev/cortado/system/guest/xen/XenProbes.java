package dev.cortado.system.guest.xen;

import java.util.Arrays;

/**
 * The program inside the image for Xen: what to do is the first argument, the others are for it.
 */
public final class XenProbes {
    private XenProbes() {}

    public static void main(String[] arguments) throws Exception {
        String[] rest =
                arguments.length == 0
                        ? arguments
                        : Arrays.copyOfRange(arguments, 1, arguments.length);
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "store" -> StoreProbe.run();
            case "service" -> ServiceProbe.run(rest);
            case "client" -> ClientProbe.run(rest);
            case "network" -> NetworkProbe.run();
            case "vchan-server" -> VchanProbe.serve();
            case "vchan-client" -> VchanProbe.connect();
            default -> {
                System.err.println(
                        "Name one of store, service, client, network, vchan-server,"
                                + " vchan-client");
                System.exit(64);
            }
        }
    }
}
