package dev.cortado.system.guest.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Takes bytes at one port and says their sum, sends bytes at another; each connection on a thread
 * of its own. Its arguments are what else it does: {@code join=GROUP} or {@code join=GROUP=SOURCE},
 * {@code resolve=NAME}.
 */
public final class BulkServer {
    /** Takes bytes to their end, and answers with their count and sum. */
    public static final int SINK = 9000;

    /** Reads a line with a count, and sends so many bytes. */
    public static final int SOURCE = 9001;

    private static final int BUFFER_BYTES = 64 * 1024;

    /** Sockets that are in groups as long as the program runs. */
    private static final List<MembershipKey> MEMBERSHIPS = new ArrayList<>();

    private interface Service {
        void serve(Socket socket) throws IOException;
    }

    private BulkServer() {}

    public static void main(String[] arguments) throws Exception {
        ServerSocket sink = new ServerSocket(SINK);
        ServerSocket source = new ServerSocket(SOURCE);
        Thread.ofPlatform().start(() -> accept(source, BulkServer::send));
        for (String argument : arguments) {
            String[] words = argument.split("=");
            if (words[0].equals("join")) {
                join(words[1], words.length > 2 ? words[2] : null);
            } else if (words[0].equals("resolve")) {
                System.out.println(words[1] + " is " + resolve(words[1]));
            }
        }
        System.out.println("serving");
        accept(sink, BulkServer::take);
    }

    private static void accept(ServerSocket server, Service service) {
        while (true) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket, service));
            } catch (IOException e) {
                System.out.println("accept: " + e);
            }
        }
    }

    private static void serve(Socket socket, Service service) {
        try (socket) {
            service.serve(socket);
        } catch (IOException e) {
            System.out.println(socket.getRemoteSocketAddress() + ": " + e);
        }
    }

    private static void take(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] bytes = new byte[BUFFER_BYTES];
        CRC32 sum = new CRC32();
        long total = 0;
        for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
            sum.update(bytes, 0, count);
            total += count;
        }
        String said = "took " + total + " " + Bulk.text(sum) + "\n";
        socket.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
    }

    private static void send(Socket socket) throws IOException {
        BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        int left = Integer.parseInt(in.readLine());
        OutputStream out = socket.getOutputStream();
        Bulk bulk = new Bulk();
        byte[] bytes = new byte[BUFFER_BYTES];
        while (left > 0) {
            bulk.fill(bytes);
            int count = Math.min(left, bytes.length);
            out.write(bytes, 0, count);
            left -= count;
        }
    }

    private static void join(String group, String source) throws IOException {
        InetAddress address = InetAddress.getByName(group);
        boolean isIpv6 = address instanceof Inet6Address;
        DatagramChannel channel =
                DatagramChannel.open(
                        isIpv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        channel.bind(new InetSocketAddress(0));
        NetworkInterface network = NetworkInterface.getByName("eth0");
        MEMBERSHIPS.add(
                source == null
                        ? channel.join(address, network)
                        : channel.join(address, network, InetAddress.getByName(source)));
        System.out.println("joined " + group);
    }

    private static String resolve(String name) {
        try {
            return Arrays.toString(InetAddress.getAllByName(name));
        } catch (IOException e) {
            return "unknown: " + e.getMessage();
        }
    }
}
