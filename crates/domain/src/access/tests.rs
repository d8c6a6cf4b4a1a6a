use super::*;
use uuid::Uuid;

const HERE: Id<Authority> = Id::from_uuid(Uuid::from_u128(1));
const ELSEWHERE: Id<Authority> = Id::from_uuid(Uuid::from_u128(2));
const OWN: Id<Child> = Id::from_uuid(Uuid::from_u128(10));
const OTHER: Id<Child> = Id::from_uuid(Uuid::from_u128(11));

const POLICY: &str = "\
administrator: audit.read all, audit.verify all, conflict.declare all, conflict.read all, office.read all, office.write all, overview.read all, provider.invite all, published.read all, user.add all, user.change all, user.read all
analyst: analysis.read all, analysis.work all, office.read all, overview.read all, published.read all, returns.read all
commissioner: analysis.read all, analysis.work all, contract.read all, contract.write all, home.read all, office.read all, overview.read all, provider.read all, published.read all
contract-officer: alert.resolve all, analysis.read all, contract.read all, contract.write all, home.read all, home.write all, office.read all, overview.read all, payee.read all, provider.invite all, provider.read all, provider.write all, published.read all
director: analysis.read all, audit.read all, child.entrust all, child.list all, child.read purpose, conflict.declare all, conflict.read all, contract.read all, emergency.approve all, emergency.read all, glass.review all, home.read all, office.read all, office.write all, overview.read all, provider.read all, published.read all, vault.read purpose
finance-officer: analysis.read all, analysis.work all, contract.read all, home.read all, office.read all, overview.read all, payee.open all, payee.read all, payee.write all, provider.read all, published.read all
independent-reviewing-officer: child.break-glass all, child.list own, child.read own, office.read all, overview.read all, published.read all, review.write own, vault.read own, voice.write own
inspector: analysis.read all, audit.read all, audit.verify all, child.list all, child.read purpose, contract.read all, home.read all, office.read all, overview.read all, payee.read all, provider.read all, published.read all, vault.read purpose
lead-member: office.read all, overview.read all, published.read all
panel-member: office.read all, overview.read all, published.read all
placement-officer: alert.resolve all, analysis.read all, child.allocate all, child.list all, child.merge all, child.read all, child.write all, contract.read all, emergency.approve all, emergency.read all, home.read all, home.write all, office.read all, overview.read all, placement.write all, provider.read all, published.read all, record.import all, returns.read all, vault.read all, vault.write all, voice.write all
provider-user: 
quality-officer: alert.resolve all, analysis.read all, child.break-glass all, child.list own, child.read own, home.read all, home.write all, office.read all, overview.read all, provider.read all, provider.write all, published.read all, vault.read own, voice.write own
social-worker: alert.resolve all, child.break-glass all, child.list own, child.read own, child.write own, emergency.approve all, emergency.read all, home.read all, office.read all, overview.read all, placement.write own, provider.read all, published.read all, vault.read own, vault.write own, voice.write own
";

fn somebody(roles: &[Role]) -> Actor {
    let grants = roles.iter().map(|&role| Grant { authority: HERE, role }).collect();
    Actor { who: Who::Person(Id::from_uuid(Uuid::from_u128(20))), grants, cases: [OWN].into(), ..Actor::nobody() }
}

fn of_authority() -> Vec<Role> {
    Role::ALL.into_iter().filter(|role| role.is_of_authority()).collect()
}

/// Every role against every action on a case that is not restricted: `all`, `own` cases, with a `purpose`, or not at all. A change of
/// policy shows as a change of this table.
#[test]
fn the_policy_is_this_table() {
    let row = |role: Role| {
        let cells = Action::ALL.map(|action| {
            let with = |purpose: Option<&str>, child| {
                let actor = Actor { purpose: purpose.map(str::to_owned), ..somebody(&[role]) };
                permit(&actor, action, On::case(HERE, child, false)).is_ok()
            };
            match (with(None, OTHER), with(None, OWN), with(Some("complaint"), OTHER)) {
                (true, ..) => "all",
                (_, true, _) => "own",
                (_, _, true) => "purpose",
                _ => "-",
            }
        });
        let said = Action::ALL.iter().zip(cells).filter(|(action, cell)| *cell != "-" && !action.is_own());
        let said: Vec<String> = said.map(|(action, cell)| format!("{action} {cell}")).collect();
        format!("{role}: {}\n", said.join(", "))
    };
    let table: String = Role::ALL.into_iter().map(row).collect();
    assert_eq!(table, POLICY);
}

#[test]
fn a_restricted_case_is_open_to_those_allocated_to_it_alone() {
    for role in Role::ALL {
        let actor = Actor { purpose: Some("complaint".to_owned()), ..somebody(&[role]) };
        for action in [Action::ChildRead, Action::ChildWrite, Action::VaultRead, Action::PlacementWrite] {
            assert!(permit(&actor, action, On::case(HERE, OTHER, true)).is_err(), "{role} {action}");
        }
    }
    assert!(permit(&somebody(&[Role::PlacementOfficer]), Action::ChildRead, On::case(HERE, OWN, true)).is_ok());
}

#[test]
fn a_conflict_of_interest_keeps_out_whatever_the_role() {
    let mut actor = somebody(&of_authority());
    actor.purpose = Some("complaint".to_owned());
    let provider = Id::<Thing>::from_uuid(Uuid::from_u128(30));
    assert!(permit(&actor, Action::ChildRead, On::case(HERE, OWN, false)).is_ok());
    assert!(permit(&actor, Action::ProviderWrite, On::thing(HERE, provider)).is_ok());
    actor.conflicts = [Id::from_uuid(OWN.uuid()), provider].into();
    assert!(permit(&actor, Action::ChildRead, On::case(HERE, OWN, false)).is_err());
    assert!(permit(&actor, Action::ProviderWrite, On::thing(HERE, provider)).is_err());
    assert!(permit(&actor, Action::ChildRead, On::case(HERE, OTHER, false)).is_ok());
}

#[test]
fn no_role_reaches_another_authority() {
    let everything = somebody(&of_authority());
    for action in Action::ALL.into_iter().filter(|action| !action.is_own()) {
        assert_eq!(permit(&everything, action, On::authority(ELSEWHERE)).map(|permit| permit.action()), Err(Denied { action }));
        assert!(permit(&everything, action, On::case(ELSEWHERE, OWN, false)).is_err(), "{action}");
    }
}

#[test]
fn nobody_may_sign_in_and_no_more() {
    let may = Action::ALL.into_iter().filter(|action| permit(&Actor::nobody(), *action, On::authority(HERE)).is_ok());
    assert_eq!(may.collect::<Vec<_>>(), [Action::SessionOpen]);
}

#[test]
fn a_list_reaches_as_far_as_the_widest_role() {
    let reach = |roles: &[Role]| permit(&somebody(roles), Action::ChildList, On::authority(HERE)).map(|permit| permit.reach());
    assert_eq!(reach(&[Role::SocialWorker]), Ok(Reach::Allocated));
    assert_eq!(reach(&[Role::SocialWorker, Role::PlacementOfficer]), Ok(Reach::Authority));
    assert_eq!(reach(&[Role::LeadMember]), Err(Denied { action: Action::ChildList }));
}

const OWN_PROVIDER: Id<Provider> = Id::from_uuid(Uuid::from_u128(40));
const OTHER_PROVIDER: Id<Provider> = Id::from_uuid(Uuid::from_u128(41));

/// Every action of somebody who works for a provider: on it, on another one, on the authority as a whole and on any case.
#[test]
fn somebody_of_a_provider_reaches_that_provider_and_nothing_else() {
    let actor = Actor { provider: Some(OWN_PROVIDER), purpose: Some("complaint".to_owned()), ..somebody(&[Role::ProviderUser]) };
    for action in Action::ALL.into_iter().filter(|action| !action.is_own()) {
        let own = permit(&actor, action, On::thing(HERE, OWN_PROVIDER));
        let may = matches!(action, Action::OwnProviderRead | Action::OwnProviderTell);
        assert_eq!(own.is_ok(), may, "{action} on the own provider");
        assert_eq!(somehow(&actor, action, HERE), may, "{action} somehow");
        assert!(own.is_err() || own.is_ok_and(|permit| permit.provider() == Some(OWN_PROVIDER)), "{action} is fenced");
        assert!(permit(&actor, action, On::thing(HERE, OTHER_PROVIDER)).is_err(), "{action} on another provider");
        assert!(permit(&actor, action, On::thing(ELSEWHERE, OWN_PROVIDER)).is_err(), "{action} at another authority");
        assert!(permit(&actor, action, On::authority(HERE)).is_err(), "{action} on the whole");
        assert!(permit(&actor, action, On::case(HERE, OWN, false)).is_err(), "{action} on a case");
    }
    let account = permit(&actor, Action::AccountUse, On::authority(HERE)).map(|permit| permit.provider());
    assert_eq!(account, Ok(Some(OWN_PROVIDER)), "the own account lies inside the fence too");
}

#[test]
fn somebody_of_a_provider_has_no_other_part_whatever_was_granted() {
    let everything = Actor { provider: Some(OWN_PROVIDER), ..somebody(&Role::ALL) };
    let unlinked = somebody(&Role::ALL);
    for action in Action::ALL.into_iter().filter(|action| !action.is_own()) {
        let may = matches!(action, Action::OwnProviderRead | Action::OwnProviderTell);
        assert_eq!(somehow(&everything, action, HERE), may, "{action}");
        assert!(permit(&everything, action, On::authority(HERE)).is_err(), "{action}");
        assert!(!somehow(&unlinked, action, HERE), "{action} without a provider");
        assert!(permit(&unlinked, action, On::thing(HERE, OWN_PROVIDER)).is_err(), "{action} without a provider");
    }
    let staff = Actor { provider: None, ..somebody(&of_authority()) };
    assert!(permit(&staff, Action::OwnProviderRead, On::thing(HERE, OWN_PROVIDER)).is_err(), "staff have no own provider");
}
