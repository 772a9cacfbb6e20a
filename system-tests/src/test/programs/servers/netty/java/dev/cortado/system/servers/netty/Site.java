package dev.cortado.system.servers.netty;

import dev.cortado.system.servers.site.Sum;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;

/** What all servers of this test have to offer, to one connection. */
final class Site extends SimpleChannelInboundHandler<HttpObject> {
    private String path;
    private Sum sum;

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        if (message.decoderResult().isFailure()) {
            text(context, HttpResponseStatus.BAD_REQUEST, "Not HTTP\n");
            context.close();
            return;
        }
        if (message instanceof HttpRequest request) {
            begin(context, request);
        }
        if (message instanceof HttpContent content) {
            proceed(context, content);
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        path = uri.path();
        switch (path) {
            case "/hello" -> text(context, HttpResponseStatus.OK, "Hello from Netty\n");
            case "/echo" -> echo(context, request);
            case "/bytes", "/chunked" -> bytes(context, Integer.parseInt(uri.rawQuery()));
            case "/sum" -> sum = new Sum();
            case "/error" -> throw new IllegalStateException("on purpose");
            default -> text(context, HttpResponseStatus.NOT_FOUND, "Nothing at " + path + "\n");
        }
    }

    private void proceed(ChannelHandlerContext context, HttpContent content) {
        if (path.equals("/echo")) {
            context.writeAndFlush(content.retain());
        } else if (path.equals("/sum")) {
            sum.add(content.content().nioBuffer());
            if (content instanceof LastHttpContent) {
                text(context, HttpResponseStatus.OK, sum + "\n");
            }
        }
    }

    private static void text(
            ChannelHandlerContext context, HttpResponseStatus status, String text) {
        ByteBuf body = ByteBufUtil.writeUtf8(context.alloc(), text);
        HttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        HttpUtil.setContentLength(response, body.readableBytes());
        context.writeAndFlush(response);
    }

    private static void echo(ChannelHandlerContext context, HttpRequest request) {
        HttpResponse response = headers(request.headers().get(HttpHeaderNames.CONTENT_TYPE));
        long length = HttpUtil.getContentLength(request, -1L);
        if (length >= 0) {
            HttpUtil.setContentLength(response, length);
        } else {
            HttpUtil.setTransferEncodingChunked(response, true);
        }
        context.write(response);
    }

    private void bytes(ChannelHandlerContext context, int length) {
        HttpResponse response = headers(HttpHeaderValues.APPLICATION_OCTET_STREAM);
        if (path.equals("/bytes")) {
            HttpUtil.setContentLength(response, length);
        } else {
            HttpUtil.setTransferEncodingChunked(response, true);
        }
        context.write(response);
        context.writeAndFlush(new HttpChunkedInput(new PatternInput(length)));
    }

    private static HttpResponse headers(CharSequence type) {
        HttpResponse response =
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
        return response;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IllegalStateException) {
            text(context, HttpResponseStatus.INTERNAL_SERVER_ERROR, cause.getMessage() + "\n");
        } else {
            // A client that has gone.
            context.close();
        }
    }
}
