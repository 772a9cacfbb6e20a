package dev.cortado.system.servers.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerExpectContinueHandler;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.stream.ChunkedWriteHandler;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** Netty's selectors and its HTTP/1.1, at the port that the argument says. */
public final class NettyServer {
    private static final int LAST_SECONDS = 5;

    private NettyServer() {}

    public static void main(String[] arguments) throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
        Channel server =
                new ServerBootstrap()
                        .group(group)
                        .channel(NioServerSocketChannel.class)
                        .childHandler(new Pipeline())
                        .bind(Integer.parseInt(arguments[0]))
                        .sync()
                        .channel();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, group)));
        InetSocketAddress address = (InetSocketAddress) server.localAddress();
        System.out.println("Listening: port " + address.getPort() + " is open");
    }

    private static void stop(Channel server, EventLoopGroup group) {
        server.close().syncUninterruptibly();
        group.shutdownGracefully(0, LAST_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
        System.out.println("Stopped");
    }

    /** What each connection gets. */
    private static final class Pipeline extends ChannelInitializer<SocketChannel> {
        @Override
        protected void initChannel(SocketChannel channel) {
            channel.pipeline()
                    .addLast(
                            new HttpServerCodec(),
                            new HttpServerKeepAliveHandler(),
                            new HttpServerExpectContinueHandler(),
                            new ChunkedWriteHandler(),
                            new Site());
        }
    }
}
