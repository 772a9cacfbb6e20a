package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.annotate.TargetElement;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/** The interfaces of the guest's network. */
@TargetClass(NetworkInterface.class)
@SuppressWarnings("unused")
final class Target_java_net_NetworkInterface {
    @Alias String name;
    @Alias String displayName;
    @Alias int index;
    @Alias InetAddress[] addrs;
    @Alias InterfaceAddress[] bindings;
    @Alias NetworkInterface[] childs;

    @Alias
    @TargetElement(name = TargetElement.CONSTRUCTOR_NAME)
    Target_java_net_NetworkInterface() {}

    @Substitute
    private static void init() {}

    @Substitute
    private static NetworkInterface[] getAll() {
        return NetworkInterfaces.of(InterfaceCalls.all());
    }

    @Substitute
    private static NetworkInterface getByName0(String name) {
        return NetworkInterfaces.of(InterfaceCalls.byName(name));
    }

    @Substitute
    private static NetworkInterface getByIndex0(int index) {
        return NetworkInterfaces.of(InterfaceCalls.byIndex(index));
    }

    /** Asked about loopback addresses only, which the guest has without a network, too. */
    @Substitute
    private static boolean boundInetAddress0(InetAddress address) {
        return address.isLoopbackAddress();
    }

    @Substitute
    private static NetworkInterface getByInetAddress0(InetAddress address) {
        return NetworkInterfaces.of(InterfaceCalls.byAddress(address));
    }

    @Substitute
    private static boolean isUp0(String name, int index) throws SocketException {
        return InterfaceCalls.require(name).isUp();
    }

    @Substitute
    private static boolean isLoopback0(String name, int index) throws SocketException {
        return InterfaceCalls.require(name).isLoopback();
    }

    /** Loopback does not, as on Linux. */
    @Substitute
    private static boolean supportsMulticast0(String name, int index) throws SocketException {
        return !InterfaceCalls.require(name).isLoopback();
    }

    @Substitute
    private static boolean isP2P0(String name, int index) throws SocketException {
        InterfaceCalls.require(name);
        return false;
    }

    @Substitute
    private static byte[] getMacAddr0(byte[] address, String name, int index)
            throws SocketException {
        return InterfaceCalls.macAddress(InterfaceCalls.require(name));
    }

    @Substitute
    private static int getMTU0(String name, int index) throws SocketException {
        return InterfaceCalls.require(name).mtu();
    }
}
