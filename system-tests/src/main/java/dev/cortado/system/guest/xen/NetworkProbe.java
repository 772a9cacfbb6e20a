package dev.cortado.system.guest.xen;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.zip.CRC32;

/**
 * Serves dom0 by the JDK's sockets: datagrams come back at port 7, lines at port 9, of whatever is
 * sent to port 8 its length and CRC; {@code GET /N} at port 80 gets N bytes. Until a line says
 * "end".
 */
final class NetworkProbe {
    private static final CountDownLatch END = new CountDownLatch(1);

    private NetworkProbe() {}

    private interface Service {
        void serve(InputStream in, OutputStream out) throws IOException;
    }

    static void run() throws IOException, InterruptedException {
        DatagramSocket datagrams = new DatagramSocket(7);
        start(() -> answer(datagrams));
        listen(8, NetworkProbe::count);
        listen(9, NetworkProbe::answerLines);
        listen(80, NetworkProbe::answerRequest);
        System.out.println("serving");
        END.await();
        System.out.println("ended");
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        System.out.println("network: " + e);
                    }
                });
    }

    private static void listen(int port, Service service) throws IOException {
        ServerSocket server = new ServerSocket(port);
        start(() -> {
            while (true) {
                Socket socket = server.accept();
                start(() -> {
                    try (socket) {
                        service.serve(socket.getInputStream(), socket.getOutputStream());
                    }
                });
            }
        });
    }

    private static void answer(DatagramSocket socket) throws IOException {
        byte[] bytes = new byte[65536];
        while (true) {
            DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
            socket.receive(packet);
            socket.send(packet);
        }
    }

    private static void count(InputStream in, OutputStream out) throws IOException {
        CRC32 sum = new CRC32();
        byte[] bytes = new byte[16384];
        long length = 0;
        for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
            sum.update(bytes, 0, count);
            length += count;
        }
        write(out, length + " bytes, CRC " + Long.toHexString(sum.getValue()) + "\n");
    }

    private static void answerLines(InputStream in, OutputStream out) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            write(out, "you say " + line + "\n");
            if (line.equals("end")) {
                END.countDown();
            }
        }
    }

    private static void answerRequest(InputStream in, OutputStream out) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
        String request = reader.readLine();
        int count = Integer.parseInt(request.split("[ /]+")[1]);
        for (String line = reader.readLine(); !line.isEmpty(); line = reader.readLine()) {
            // Nothing of it matters.
        }
        write(out, "HTTP/1.0 200 OK\r\nContent-Length: " + count + "\r\n\r\n");
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (i * 31 >>> 3);
        }
        out.write(bytes);
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
