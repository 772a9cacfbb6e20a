/** Where this machine keeps what its guest is told when it boots. */
package dev.cortado.runtime.configuration.guest;
