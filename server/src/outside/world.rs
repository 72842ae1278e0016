//! Which addresses are the world's, and which mean this machine, its neighbours, or nobody.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether anybody in the world could reach an address, so that this server may be asked to.
pub(super) fn is_of_the_world(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_of_the_world_v4(address),
        IpAddr::V6(address) => is_of_the_world_v6(address),
    }
}

/// What the registry of special addresses leaves (RFC 6890).
fn is_of_the_world_v4(address: Ipv4Addr) -> bool {
    let [first, second, third, _] = address.octets();
    let is_special = match first {
        0 | 10 | 127 | 224..=255 => true,
        100 => (64..128).contains(&second),
        169 => second == 254,
        172 => (16..32).contains(&second),
        192 => second == 168 || (second == 0 && matches!(third, 0 | 2)) || (second == 88 && third == 99),
        198 => matches!(second, 18 | 19) || (second == 51 && third == 100),
        203 => second == 0 && third == 113,
        _ => false,
    };
    !is_special
}

/// Of version 6 only what is given out to the world (`2000::/3`), less the ways to wrap an address of version 4 into it.
fn is_of_the_world_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let is_given_out = (0x2000..0x4000).contains(&first);
    // Protocol assignments with Teredo, documentation, 6to4.
    let is_special = (first == 0x2001 && (second < 0x0200 || second == 0x0db8)) || first == 0x2002 || (first == 0x3fff && second < 0x1000);
    is_given_out && !is_special
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_its_neighbours_and_what_means_nobody_are_not_the_world() {
        for address in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.8.8.8",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "64:ff9b::7f00:1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
        ] {
            assert!(!is_of_the_world(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn servers_of_the_world_are() {
        for address in
            ["8.8.8.8", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1", "192.1.1.1", "2a00:1450:4009::1", "2606:4700::1111"]
        {
            assert!(is_of_the_world(address.parse().unwrap()), "{address}");
        }
    }
}
