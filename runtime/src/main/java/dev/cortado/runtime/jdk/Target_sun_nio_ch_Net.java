package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.cortado.runtime.file.open.PollState;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Sockets. */
@TargetClass(className = "sun.nio.ch.Net")
@SuppressWarnings("unused")
final class Target_sun_nio_ch_Net {
    private Target_sun_nio_ch_Net() {}

    @Substitute
    private static void initIDs() {}

    @Substitute
    private static boolean isIPv6Available0() {
        return IpFamilies.isIpv6Wanted();
    }

    @Substitute
    private static boolean isReusePortAvailable0() {
        return true;
    }

    /** -1: no. */
    @Substitute
    private static int isExclusiveBindAvailable() {
        return -1;
    }

    @Substitute
    private static boolean shouldShutdownWriteBeforeClose0() {
        return false;
    }

    // A socket of both families has one set of options, whose numbers for either mean the same.

    @Substitute
    private static boolean shouldSetBothIPv4AndIPv6Options0() {
        return false;
    }

    @Substitute
    private static boolean canIPv6SocketJoinIPv4Group0() {
        return true;
    }

    /** So that the interface is named by its index, and needs no IPv4 address. */
    @Substitute
    private static boolean canJoin6WithIPv4Group0() {
        return true;
    }

    @Substitute
    private static boolean canUseIPv6OptionsWithIPv4LocalAddress0() {
        return true;
    }

    @Substitute
    private static int socket0(
            boolean preferIPv6, boolean stream, boolean reuse, boolean fastLoopback)
            throws IOException {
        return SocketCalls.open(!preferIPv6, stream, reuse);
    }

    @Substitute
    private static void bind0(
            FileDescriptor file,
            boolean preferIPv6,
            boolean useExclBind,
            InetAddress address,
            int port)
            throws IOException {
        SocketCalls.bind(file, address, port);
    }

    @Substitute
    static void listen(FileDescriptor file, int backlog) throws IOException {
        SocketCalls.listen(file, backlog);
    }

    @Substitute
    private static int connect0(
            boolean preferIPv6, FileDescriptor file, InetAddress remote, int remotePort)
            throws IOException {
        return SocketCalls.connect(file, remote, remotePort);
    }

    @Substitute
    public static int accept(
            FileDescriptor file, FileDescriptor accepted, InetSocketAddress[] remote)
            throws IOException {
        return SocketCalls.accept(file, accepted, remote);
    }

    @Substitute
    static void shutdown(FileDescriptor file, int how) throws IOException {
        SocketCalls.shutdown(file, how);
    }

    @Substitute
    private static int localPort(FileDescriptor file) throws IOException {
        return SocketCalls.local(file).port();
    }

    @Substitute
    private static InetAddress localInetAddress(FileDescriptor file) throws IOException {
        return NetAddresses.inetAddress(SocketCalls.local(file));
    }

    @Substitute
    private static int remotePort(FileDescriptor file) throws IOException {
        return SocketCalls.remote(file).port();
    }

    @Substitute
    private static InetAddress remoteInetAddress(FileDescriptor file) throws IOException {
        return NetAddresses.inetAddress(SocketCalls.remote(file));
    }

    @Substitute
    private static int getIntOption0(
            FileDescriptor file, boolean mayNeedConversion, int level, int name)
            throws IOException {
        return SocketOptions.get(file, level, name);
    }

    @Substitute
    private static void setIntOption0(
            FileDescriptor file,
            boolean mayNeedConversion,
            int level,
            int name,
            int value,
            boolean isIPv6)
            throws IOException {
        SocketOptions.set(file, level, name, value);
    }

    /**
     * @param millis how long at most; for ever if it is negative
     */
    @Substitute
    static int poll(FileDescriptor file, int events, long millis) throws IOException {
        return SocketCalls.poll(file, events, millis);
    }

    @Substitute
    public static boolean pollConnect(FileDescriptor file, long millis) throws IOException {
        return SocketCalls.pollConnect(file, millis);
    }

    @Substitute
    static int available(FileDescriptor file) throws IOException {
        return SocketCalls.available(file);
    }

    @Substitute
    static int sendOOB(FileDescriptor file, byte data) throws IOException {
        return SocketCalls.sendUrgent(file, data);
    }

    // Groups.

    @Substitute
    private static int joinOrDrop4(
            boolean joins, FileDescriptor file, int group, int address, int source)
            throws IOException {
        return Multicasts.change(file, Multicasts.membership(joins), group, address, source);
    }

    @Substitute
    private static int blockOrUnblock4(
            boolean blocks, FileDescriptor file, int group, int address, int source)
            throws IOException {
        return Multicasts.change(file, Multicasts.filter(blocks), group, address, source);
    }

    @Substitute
    private static int joinOrDrop6(
            boolean joins, FileDescriptor file, byte[] group, int index, byte[] source)
            throws IOException {
        return Multicasts.change(file, Multicasts.membership(joins), group, index, source);
    }

    @Substitute
    static int blockOrUnblock6(
            boolean blocks, FileDescriptor file, byte[] group, int index, byte[] source)
            throws IOException {
        return Multicasts.change(file, Multicasts.filter(blocks), group, index, source);
    }

    @Substitute
    static void setInterface4(FileDescriptor file, int address) throws IOException {
        Multicasts.setInterface4(file, address);
    }

    @Substitute
    static int getInterface4(FileDescriptor file) throws IOException {
        return Multicasts.getInterface4(file);
    }

    @Substitute
    static void setInterface6(FileDescriptor file, int index) throws IOException {
        Multicasts.setInterface(file, index);
    }

    @Substitute
    static int getInterface6(FileDescriptor file) throws IOException {
        return Multicasts.getInterface(file);
    }

    // Events of poll.

    @Substitute
    static short pollinValue() {
        return PollState.READABLE;
    }

    @Substitute
    static short polloutValue() {
        return PollState.WRITABLE;
    }

    @Substitute
    static short pollerrValue() {
        return PollState.ERROR;
    }

    @Substitute
    static short pollhupValue() {
        return PollState.HANG_UP;
    }

    @Substitute
    static short pollnvalValue() {
        return PollState.INVALID;
    }

    @Substitute
    static short pollconnValue() {
        return PollState.WRITABLE;
    }
}
